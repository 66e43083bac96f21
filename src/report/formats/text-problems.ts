import type { Problem } from '../../model/errors.ts'
import { linesOf, formatExcerpt, type Lines } from '../excerpt.ts'
import { count, formatLocation } from '../names.ts'
import { compareKeys } from '../order.ts'
import { printable, printableLines } from '../../values/printable.ts'
import type { FormatOptions } from '../report-format.ts'
import type { Style } from '../style.ts'

const shownProblems = 20

/** What is wrong with the inputs, errors first. */
export function formatProblems(problems: readonly Problem[], options: FormatOptions, style: Style): readonly string[] {
  if (problems.length === 0) return []
  const sorted = [...problems].sort((a, b) => compareKeys(sortKeys(a), sortKeys(b)))
  const shown = options.all ? sorted : sorted.slice(0, shownProblems)
  const lines = linesOf(options.sourceText)
  const rows = [style.bold('Problems with the inputs')]
  for (const problem of shown) rows.push(...formatProblem(problem, lines, style))
  if (shown.length < sorted.length) rows.push(style.dim(`  … and ${count(sorted.length - shown.length, 'more problem')}: --all shows every one`))
  return rows
}

/** One problem: severity, place, message, code. */
export function formatProblem(problem: Problem, lines: (file: string) => Lines, style: Style): readonly string[] {
  const word = problem.severity === 'error' ? style.red('error') : style.yellow('warning')
  const where = problem.location === undefined ? '' : `${style.cyan(formatLocation(problem.location))}: `
  const about = subject(problem)
  const [first = '', ...rest] = printableLines(problem.message)
  const rows = [`  ${word}  ${where}${printable(about)}${first} ${style.dim(`[${problem.code}]`)}`, ...rest.map((line) => `    ${line}`)]
  if (problem.location !== undefined) rows.push(...formatExcerpt(lines(problem.location.file), problem.location, style).map((line) => `    ${line}`))
  return rows
}

/** Which policy, unless the message says it. */
function subject({ policy, rule, message }: Problem): string {
  if (policy === undefined || message.includes(policy)) return ''
  return rule === undefined || rule === '' ? `policy ${policy}: ` : `policy ${policy}, rule ${rule}: `
}

function sortKeys({ severity, location, message }: Problem): readonly (string | number)[] {
  return [severity, location?.file ?? '', location?.line ?? 0, location?.column ?? 0, message]
}
