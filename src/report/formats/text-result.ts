import type { Mode } from '../../model/report.ts'
import type { RuleResult, Violation } from '../../model/result.ts'
import { isBlocking } from '../decision.ts'
import { formatExcerpt, type Lines } from '../excerpt.ts'
import { formatFieldPath, hasField } from '../field-path.ts'
import { humanMessage } from '../human-message.ts'
import { formatLocation, formatRuleName, locateViolation } from '../names.ts'
import { printable, printableLines } from '../../values/printable.ts'
import type { Style } from '../style.ts'
import { describeEffects } from './text-effects.ts'

export interface ResultContext {
  readonly mode: Mode
  readonly lines: (file: string) => Lines
  readonly style: Style
}

/** One result under the heading of its resource. */
export function formatResult(result: RuleResult, context: ResultContext): readonly string[] {
  const { style } = context
  if (result.status === 'pass') return describeEffects(result).map((effect) => `  ${style.cyan('+')} ${style.bold(formatRuleName(result))}  ${effect}`)
  const lines = [`  ${mark(result, context)} ${style.bold(formatRuleName(result))}  ${consequence(result, context)}`]
  for (const line of printableLines(humanMessage(result))) if (line.trim() !== '') lines.push(`    ${line}`)
  if (result.status === 'error') lines.push(...formatError(result, style))
  if (result.status === 'fail' || result.status === 'warn') {
    for (const violation of result.violations) lines.push(...formatViolation(result, violation, context).map((line) => `    ${line}`))
  }
  for (const missing of result.missing ?? []) lines.push(`    ${style.yellow('missing')} ${printable(missing.what)}: ${printable(missing.hint)}`)
  return lines
}

function mark(result: RuleResult, { mode, style }: ResultContext): string {
  if (isBlocking(result, mode)) return style.red('✗')
  return result.status === 'skip' ? style.dim('-') : style.yellow('!')
}

function consequence(result: RuleResult, { mode, style }: ResultContext): string {
  const what = { fail: 'violated', warn: 'warning', error: 'could not be evaluated', skip: 'skipped', pass: 'passed' }[result.status]
  if (isBlocking(result, mode)) return style.red(`${what}, blocks the sync`)
  return result.status === 'skip' ? style.dim(what) : style.yellow(result.status === 'warn' ? what : `${what}, audit only`)
}

function formatError(result: Extract<RuleResult, { status: 'error' }>, style: Style): readonly string[] {
  const { error } = result
  const lines: string[] = []
  if (!result.message.includes(error.message)) lines.push(...printableLines(error.message).map((line) => `    ${line}`))
  lines.push(`    ${style.dim(`${error.code}${result.ruleLocation === undefined ? '' : `, rule at ${formatLocation(result.ruleLocation)}`}`)}`)
  const { missing } = error
  if (missing !== undefined && !(result.missing ?? []).some(({ what, hint }) => what === missing.what && hint === missing.hint)) {
    lines.push(`    ${style.yellow('missing')} ${printable(missing.what)}: ${printable(missing.hint)}`)
  }
  return lines
}

function formatViolation(result: RuleResult, violation: Violation, context: ResultContext): readonly string[] {
  const { style } = context
  const location = locateViolation(result, violation)
  const lines: string[] = []
  if (location !== undefined) {
    lines.push(style.cyan(formatLocation(location)))
    // What a Secret holds does not belong into a log.
    if (result.resource.id.kind !== 'Secret') lines.push(...formatExcerpt(context.lines(location.file), location, style).map((line) => `  ${line}`))
  }
  return [...lines, `${style.bold(advice(result, violation))}${reason(result, violation)}`]
}

/** What to change: the field, or its absence. */
function advice(result: RuleResult, violation: Violation): string {
  if (violation.path.length === 0) return 'change the resource'
  return printable(`${hasField(result.resource.object, violation.path) ? 'change' : 'add'} ${formatFieldPath(violation.path)}`)
}

function reason(result: RuleResult, violation: Violation): string {
  const message = violation.message.trim()
  return message === '' || message === result.message.trim() ? '' : `: ${printableLines(message).join(' ')}`
}
