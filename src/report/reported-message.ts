// Kyverno: pkg/utils/report/results.go (ToPolicyReportResult)
import type { RuleResult, Status } from '../model/result.ts'

/** Kyverno's special keys of reportProperties, by the status whose message they replace in reports. */
const messageProperties: Readonly<Record<Status, string>> = { pass: 'passMessage', fail: 'failMessage', warn: 'warnMessage', error: 'errorMessage', skip: 'skipMessage' }

/** What a report says of a result: `own`, unless the rule has words for reports. `message` replaces any. */
export function reportedMessage({ properties = {}, status }: RuleResult, own: string): string {
  return [properties['message'], properties[messageProperties[status]]].find((text) => text !== undefined && text !== '') ?? own
}
