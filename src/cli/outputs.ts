import type { Gate, Report } from '../model/report.ts'
import { count, createStyle, formatProblems, reportFormats, summaryLines, type FormatOptions, type ReportFormatName } from '../report/index.ts'
import type { OutputStream, Streams } from './streams.ts'
import { UsageError } from './usage-error.ts'

/** Where a report goes in which format; without a file to stdout. */
export interface OutputTarget {
  readonly format: ReportFormatName
  readonly file?: string
}

/** Reads `-o FORMAT[=FILE]`. Nothing given means text on stdout; so does naming files only, because somebody may be watching. */
export function parseOutputs(given: readonly string[]): readonly OutputTarget[] {
  const targets = given.map(parseOutput)
  const onStdout = targets.filter(({ file }) => file === undefined)
  if (onStdout.length > 1) throw new UsageError(`only one format can go to stdout; give the others a file: -o ${onStdout[1]?.format}=FILE`)
  return onStdout.length === 0 ? [{ format: 'text' }, ...targets] : targets
}

function parseOutput(text: string): OutputTarget {
  const equals = text.indexOf('=')
  const format = equals < 0 ? text : text.slice(0, equals)
  if (format === 'shard') throw new UsageError(`-o ${text} prints a part of a check: say which one with --shard I/N`)
  if (!Object.hasOwn(reportFormats, format)) throw new UsageError(`there is no output format '${format}'; there are ${Object.keys(reportFormats).join(', ')}`)
  const file = equals < 0 ? undefined : text.slice(equals + 1)
  if (file === '') throw new UsageError(`-o ${text} names no file`)
  return { format: format as ReportFormatName, ...(file === undefined || file === '-' ? {} : { file }) }
}

export interface PrintOptions {
  readonly targets: readonly OutputTarget[]
  readonly gate: Gate
  readonly all: boolean
  readonly streams: Streams
  readonly env: Readonly<Record<string, string | undefined>>
  readonly noColor: boolean
  readonly sourceText: FormatOptions['sourceText']
  writeFile(path: string, text: string): void
  /** Takes a part out of what the format json prints. */
  readonly query?: (json: string) => string
}

/** Prints a report. Data goes to stdout or the named file; where data is on stdout, people get the summary on stderr. */
export function printReport(report: Report, options: PrintOptions): void {
  const { streams, gate, all, sourceText } = options
  for (const { format, file } of options.targets) {
    const color = file === undefined && isColored(streams.stdout, options)
    const whole = reportFormats[format].format(report, { gate, all, sourceText, color })
    const text = format === 'json' && options.query !== undefined ? options.query(whole) : whole
    if (file === undefined) streams.stdout.write(text)
    else options.writeFile(file, text)
  }
  if (options.targets.every(({ format, file }) => file !== undefined || (format !== 'text' && format !== 'table'))) {
    streams.stderr.write(`${summaryLines(report, { gate, all, sourceText, color: isColored(streams.stderr, options) }).join('\n')}\n`)
  }
}

/** Prints what is wrong with policies: in text the problems and how many, in other formats a report without results. */
export function printLint(report: Report, options: PrintOptions): void {
  const style = createStyle(isColored(options.streams.stdout, options))
  const text = (): string => `${[
    ...formatProblems(report.problems, { ...options, color: false }, style), `${count(report.policies.length, 'policy', 'policies')}, ${lintCounts(report)}`,
  ].join('\n')}\n`
  for (const target of options.targets) {
    if (target.format !== 'text') printReport(report, { ...options, targets: [target] })
    else if (target.file === undefined) options.streams.stdout.write(text())
    else options.writeFile(target.file, text())
  }
}

function lintCounts({ problems }: Report): string {
  const errors = problems.filter(({ severity }) => severity === 'error').length
  return `${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}`
}

/** A terminal, unless somebody objects (https://no-color.org); FORCE_COLOR is for pipelines whose logs show colours. */
export function isColored(stream: OutputStream, { env, noColor }: Pick<PrintOptions, 'env' | 'noColor'>): boolean {
  if (noColor || (env['NO_COLOR'] ?? '') !== '') return false
  const forced = env['FORCE_COLOR'] ?? ''
  if (forced !== '') return forced !== '0'
  return stream.isTTY === true && env['TERM'] !== 'dumb'
}
