import type { Report } from '../model/report.ts'
import type { Resource } from '../model/resource.ts'
import type { RuleResult } from '../model/result.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import { count, formatFieldPath, formatLocation, formatResourceId, formatRuleName, isBlocking, printable } from '../report/index.ts'
import type { PluginSettings } from './settings.ts'

/** Argo CD shows a plugin's words in full, on one line, and keeps them in the Application's status. */
const maxLines = 10
const maxLineLength = 190
const maxBytes = 2048

/** One sentence, then up to ten numbered lines that also read well when they are joined. The same bytes for the same inputs. */
export function formatMessage(sentence: string, lines: readonly string[]): string {
  const shown: string[] = []
  let size = Buffer.byteLength(sentence) + 80
  for (const line of lines) {
    const numbered = `${shown.length + 1}. ${cut(printable(line))}`
    if (shown.length === maxLines || size + Buffer.byteLength(numbered) + 1 > maxBytes) break
    size += Buffer.byteLength(numbered) + 1
    shown.push(numbered)
  }
  const rest = lines.length - shown.length
  return [`presync: ${cut(printable(sentence), 600)}`, ...shown, ...(rest > 0 ? [`… and ${rest} more; the log of the presync sidecar has them all`] : [])].join('\n')
}

function cut(text: string, length = maxLineLength): string {
  const characters = Array.from(text)
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text
}

/** The words for a refusal. */
export function formatRefusal(report: Report, application: string, { mode }: PluginSettings, policyDigest: string): string {
  const blocking = report.results.filter((result) => isBlocking(result, mode))
  const policies = new Set(blocking.map(({ policy }) => `${policy.namespace ?? ''}/${policy.name}`)).size
  const resources = new Set(blocking.map(({ resource }) => resource)).size
  const sentence = `${application} is refused: ${count(blocking.length, 'violation')} of ${count(policies, 'policy', 'policies')} in ${resources} of ${count(report.resourceCount, 'resource')}`
    + ` (mode ${mode}, policies ${policyDigest}).`
  return formatMessage(sentence, blocking.toSorted(compareResults).map(describeResult))
}

/** Violations before rules that could not be evaluated, then by policy and resource: nothing of it depends on the run. */
function compareResults(a: RuleResult, b: RuleResult): number {
  const key = (result: RuleResult): string => [result.status === 'error' ? 1 : 0, formatRuleName(result), formatResourceId(result.resource.id)].join('\n')
  const [left, right] = [key(a), key(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

function describeResult(result: RuleResult): string {
  const what = result.status === 'error' ? `could not be evaluated: ${result.error.message}` : firstLine(result.message)
  const [violation] = result.status === 'fail' || result.status === 'warn' ? result.violations : []
  const path = violation === undefined || violation.path.length === 0 ? '' : formatFieldPath(violation.path)
  const location = violation?.location ?? (violation === undefined ? undefined : result.resource.locate(violation.path)) ?? result.resource.source
  const place = location === undefined ? '' : formatLocation(location)
  const where = [path, place].filter((part) => part !== '').join(' at ')
  // The place comes before the words, so that cutting never costs it.
  return `${formatRuleName(result)}: ${formatResourceId(result.resource.id)}${where === '' ? '' : ` (${where})`}: ${what}`
}

function firstLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim()
}

/** Whatever a Secret among the resources holds must not reach a message: messages can be read by people who must not read Secrets. */
export function redactSecrets(text: string, resources: readonly Resource[]): string {
  const secrets = resources.filter(({ id }) => id.group === '' && id.kind === 'Secret').flatMap(({ object }) => secretValues(object))
  return secrets.toSorted((a, b) => b.length - a.length).reduce((redacted, secret) => redacted.replaceAll(secret, '[redacted]'), text)
}

const shortestSecret = 4

function secretValues(object: JsonObject): readonly string[] {
  const encoded = textsOf(object['data'])
  const decoded = encoded.map((text) => Buffer.from(text, 'base64').toString('utf8'))
  return [...encoded, ...decoded, ...textsOf(object['stringData'])].filter((text) => text.length >= shortestSecret)
}

function textsOf(value: JsonObject[string] | undefined): readonly string[] {
  return isJsonObject(value) ? Object.values(value).filter((entry) => typeof entry === 'string') : []
}
