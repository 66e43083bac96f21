import type { Mode, Report } from '../../../model/report.ts'
import type { RuleResult } from '../../../model/result.ts'
import type { SourceLocation } from '../../../model/source.ts'
import { effectiveAction, isBlocking } from '../../decision.ts'
import { shownContext, type Lines } from '../../excerpt.ts'
import { formatFieldPath } from '../../field-path.ts'
import { formatLocation, formatResourceId, formatRuleName, locateResult, locateViolation } from '../../names.ts'
import { findSource } from '../../source-of.ts'
import { printable, printableLines } from '../../../values/printable.ts'
import { escapeXmlAttribute as attribute, escapeXmlText as text } from '../../xml-text.ts'

export type Level = 'block' | 'fail' | 'warn' | 'error' | 'skip'

/** One result of the page and what it can be filtered by. */
export interface Entry {
  readonly result: RuleResult
  readonly level: Level
  readonly policy: string
  readonly application: string
  readonly namespace: string
}

/** What a reader should look at; passes and plain skips are counted only. */
export function toEntry(result: RuleResult, report: Report, mode: Mode): Entry | undefined {
  if (result.status === 'pass' || (result.status === 'skip' && result.suppression === undefined && (result.missing?.length ?? 0) === 0)) return undefined
  return {
    result, level: isBlocking(result, mode) ? 'block' : result.status,
    policy: printable(result.policy.name), namespace: printable(result.resource.id.namespace ?? ''),
    application: printable(findApplication(report, result)),
  }
}

function findApplication({ sources }: Report, { resource }: RuleResult): string {
  const file = resource.source?.file ?? resource.origin ?? ''
  const nearest = findSource(sources, file)
  return nearest?.application ?? nearest?.path ?? ''
}

const consequences = {
  block: 'blocks the sync', fail: 'violated, only reported', warn: 'warning', error: 'could not be evaluated', skip: 'skipped for want of data',
} as const satisfies Record<Level, string>

/** A folded row: rule, resource and place; inside the message and the lines that cause it. */
export function formatEntry(entry: Entry, lines: (file: string) => Lines, mode: Mode): string {
  const { result, level } = entry
  const location = locateResult(result)
  const facets = `data-level="${level}" data-policy="${attribute(entry.policy)}" data-application="${attribute(entry.application)}" data-namespace="${attribute(entry.namespace)}"`
  const head = `<span class="badge ${level}">${level}</span><span class="what">${text(formatRuleName(result))}</span><span>${text(formatResourceId(result.resource.id))}</span>`
    + (location === undefined ? '' : `<span class="where">${text(formatLocation(location))}</span>`)
  return `<details class="result ${level}" ${facets}><summary>${head}</summary><div class="body">${formatBody(entry, lines, mode)}</div></details>\n`
}

function consequenceOf(result: RuleResult, level: Level): string {
  return result.status === 'skip' && result.suppression !== undefined ? 'suppressed' : consequences[level]
}

function formatBody({ result, level }: Entry, lines: (file: string) => Lines, mode: Mode): string {
  const message = result.status === 'error' ? `${result.message === '' ? '' : `${result.message}\n`}${result.error.message}` : result.message
  const parts = [
    `<p class="message">${text(printableLines(message).join('\n'))}</p>`,
    `<p class="dim">${consequenceOf(result, level)} (${effectiveAction(result, mode)})${result.resource.origin === undefined ? '' : `, rendered from ${text(printable(result.resource.origin))}`}</p>`,
  ]
  for (const missing of result.missing ?? []) parts.push(`<p><b>Missing:</b> ${text(printable(missing.what))}. ${text(printable(missing.hint))}</p>`)
  if (result.status === 'fail' || result.status === 'warn') {
    for (const violation of result.violations) {
      const own = violation.message === '' || result.message.includes(violation.message) ? '' : `: ${printable(violation.message)}`
      parts.push(`<p><code>${text(formatFieldPath(violation.path))}</code>${text(own)}</p>`, formatContext(locateViolation(result, violation), lines))
    }
  }
  return parts.join('')
}

/** The line and some around it on both sides. */
function formatContext(location: SourceLocation | undefined, linesOf: (file: string) => Lines): string {
  if (location === undefined) return ''
  const lines = linesOf(location.file)
  if (lines(location.line) === undefined) return ''
  const around = Array.from({ length: 2 * shownContext + 1 }, (_, index) => location.line - shownContext + index)
  const rows = around.flatMap((number) => {
    const line = number < 1 ? undefined : lines(number)
    if (line === undefined) return []
    const shown = printable(line.replaceAll('\t', '    '))
    return `<span${number === location.line ? ' class="hit"' : ''}><b>${number}</b>${text(shown.length > 400 ? `${shown.slice(0, 399)}…` : shown)}</span>`
  })
  return `<pre aria-label="${attribute(formatLocation(location))}">${rows.join('')}</pre>`
}
