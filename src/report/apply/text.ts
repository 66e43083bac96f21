// Kyverno: cmd/cli/kubectl-kyverno/commands/apply/command.go, processor/policy_processor.go (printOutput)
import type { ApplyCounting, ApplyReport, ApplyResponse } from '../../model/apply-report.ts'
import { withObject } from '../../model/resource.ts'
import type { RuleResult } from '../../model/result.ts'
import { formatYaml } from '../../manifest/index.ts'
import { printable } from '../../values/printable.ts'
import { countResults, isAudited, isOfMutatingPolicy } from './count-results.ts'

export interface ApplyTextOptions extends ApplyCounting {
  /** Leaves out everything that is no manifest, so that the output can be piped on; Kyverno still says that something was made. */
  readonly manifestsOnly: boolean
  /** Leaves out how much there is. */
  readonly withoutHeading: boolean
  /** The text only says that they were made. */
  readonly manifestsInFiles: boolean
}

/** What Kyverno prints before results: how much there is, and what mutate and generate rules made. */
export function formatApplied(report: ApplyReport, options: ApplyTextOptions): string {
  const { ruleCount, resourceCount, exceptionCount, responses } = report
  const exceptions = exceptionCount > 0 ? ` with ${exceptionCount} exception(s)` : ''
  const heading = options.withoutHeading ? '' : `\nApplying ${ruleCount} policy rule(s) to ${resourceCount} resource(s)${exceptions}...\n`
  return `${heading}${responses.map((response) => formatManifests(response, options)).join('')}`
}

/** The manifests that a response brought about; Kyverno shows a mutated resource also where nothing was changed. */
export function listManifests(response: ApplyResponse, { compat }: Pick<ApplyCounting, 'compat'>): readonly ApplyResponse['resource'][] {
  const { step, results, patched, resource } = response
  const passed = results.filter(({ status }) => status === 'pass')
  const targets = passed.flatMap((result) => ('targets' in result ? result.targets ?? [] : []).map(({ after }) => after))
  if (step === 'generate') return passed.flatMap((result) => ('generated' in result ? result.generated ?? [] : []))
  if (step !== 'mutate' || (compat && targets.length > 0 && isOfMutatingPolicy(response))) return []
  const own = patched ?? (compat ? withObject(resource, {}) : undefined)
  return own !== undefined && (compat || targets.length === 0) ? [own, ...targets] : targets
}

function formatManifests(response: ApplyResponse, options: ApplyTextOptions): string {
  const { policy, step } = response
  const { compat, manifestsOnly, manifestsInFiles } = options
  const words = step === 'generate' ? 'Generate:\nGeneration completed successfully.' : 'Mutation:\nMutation has been applied successfully.'
  const heading = manifestsOnly ? '' : `\npolicy ${printable(policy.name)} applied to ${formatPath(response)}:`
  const made = listManifests(response, options)
  if (manifestsInFiles) {
    if (manifestsOnly && !compat) return ''
    // Kyverno says it once of a mutation and its targets.
    return `\n\n${words}`.repeat(compat && step === 'mutate' ? Math.min(made.length, 1) : made.length)
  }
  const manifests = made.map(({ object }) => `\n${formatYaml(object, { sortKeys: true })}\n---\n`)
  const [own, ...targets] = manifests
  if (!compat || own === undefined || step !== 'mutate') return manifests.map((manifest) => `${heading}${manifest}${manifestsOnly && !compat ? '' : `\n\n${words}`}`).join('')
  return `${heading}${own}${targets.length === 0 ? '' : `patched targets: \n${targets.map((target) => `${target}\n`).join('')}`}\n\n${words}`
}

/** What Kyverno prints of results: what failed, and the counts. Errors are shown too: a rule that was not evaluated is no silence. */
export function formatResults(report: ApplyReport, options: ApplyTextOptions): string {
  const counts = countResults(report, options)
  return `${report.responses.map((response) => formatResponse(response, options)).join('')}\npass: ${counts.pass}, fail: ${counts.fail}, warn: ${counts.warn}, error: ${counts.error}, skip: ${counts.skip} \n`
}

function formatResponse(response: ApplyResponse, options: ApplyTextOptions): string {
  const { policy, results } = response
  const place = `${printable(policy.name)} -> resource ${formatPath(response)}`
  const failed = results.filter(({ status }) => status === 'fail')
  const isWarning = failed.some((result) => isAudited(response, result, options))
  const lines = failed.map((result, index) => `${index + 1} - ${printable(result.rule)} ${printableMessage(result.message === '' ? 'validation failed' : result.message, options)}\n`)
  return [
    ...results.map((result) => formatTrouble(result, place, options)),
    failed.length === 0 ? '' : `policy ${place} ${isWarning ? 'failed as audit warning' : 'failed'}:\n${lines.join('')}`,
  ].join('')
}

function formatTrouble(result: RuleResult, place: string, options: ApplyTextOptions): string {
  const { compat } = options
  const { ruleType, status, rule } = result
  // Kyverno says nothing of generate rules.
  const type = ruleType === 'mutate' || (ruleType === 'generate' && !compat) ? ruleType : undefined
  if (status === 'skip' && type === 'mutate') return `\nskipped mutate policy ${place}\n`
  if (result.status !== 'error') return ''
  const message = printableMessage(result.message === '' ? result.error.message : result.message, options)
  if (type !== undefined) return `\nerror while applying ${type} policy ${place} \nerror:  ${message}\n`
  return compat ? '' : `policy ${place} could not be evaluated: ${[rule, message].filter((part) => part !== '').join(' ')}\n`
}

/** Kyverno keeps the line breaks of messages. */
function printableMessage(message: string, { compat }: ApplyTextOptions): string {
  return compat ? message.split('\n').map(printable).join('\n') : printable(message)
}

function formatPath({ resource: { id }, isPayload }: ApplyResponse): string {
  return isPayload ? 'JSON payload' : printable(`${id.namespace ?? ''}/${id.kind}/${id.name}`)
}

/** Policies that Kyverno's validation refuses, as it lists them, whatever the reason: by name only. */
export function formatInvalid({ invalid }: ApplyReport): string {
  const divider = '-'.repeat(70)
  const isElement = ({ reason }: { readonly reason: string }): boolean => reason.startsWith("variable 'element.name'")
  return ([['Policies Skipped (as required variables are not provided by the user):', invalid.filter((one) => !isElement(one))], ['Invalid Policies:', invalid.filter(isElement)]] as const)
    .filter(([, list]) => list.length > 0)
    .map(([heading, list]) => `${divider}\n${heading}\n${list.map(({ name }, index) => `${index + 1}. ${printable(name)}\n`).join('')}${divider}\n`)
    .join('')
}
