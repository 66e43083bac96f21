import { entryFormats, formatSurroundings, formatText, writeEntries } from '../../ignore-differences/index.ts'
import { formatSettlement } from '../../pipeline/format-settlement.ts'
import { ignoreDifferences, readArgoVersion, toIgnoreDifferencesJson, type IgnoreDifferencesReport } from '../../pipeline/ignore-differences.ts'
import { limitInlining } from '../../pipeline/limit-inlining.ts'
import { writeFile } from '../../pipeline/write-file.ts'
import { createStyle, formatProblems } from '../../report/index.ts'
import { stringifyJson } from '../../values/json-text.ts'
import type { Invocation } from '../command.ts'
import { configureInputs, type InputFlag } from '../configure.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import type { OptionValues } from '../options.ts'
import { isColored } from '../outputs.ts'
import { createProgress } from '../progress.ts'

type Flag = InputFlag | 'kyverno-version' | 'argocd-version' | 'application-option' | 'live' | 'write' | 'prune' | 'by-name' | 'settle' | 'no-verify' | 'ignore-output' | 'no-color'

/** `presync ignore-differences`: entries on stdout or into a file, what else there is to say on stderr. */
export async function runIgnoreDifferences(invocation: Invocation<Flag>): Promise<ExitCode> {
  limitInlining()
  const { options, streams, env } = invocation
  const { options: inputs, problems: configurationProblems } = await configureInputs(invocation)
  const progress = createProgress(streams.stderr, Date.now)
  const report = await ignoreDifferences({
    ...inputs, now: Date.now(), onProgress: (text) => progress.show(text), kyvernoVersion: options['kyverno-version'], argocdVersion: options['argocd-version'],
    byName: options['by-name'], verify: !options['no-verify'], applicationOptions: options['application-option'], applicationFile: options.write, live: options.live,
  })
  progress.clear()
  const problems = [...configurationProblems, ...report.problems]
  const failed = problems.some(({ severity }) => severity === 'error')
  const warnings = failed ? [] : print(report, options, { write: (text) => streams.stdout.write(text), texts: inputs.texts })
  const color = isColored(streams.stderr, { env, noColor: options['no-color'] })
  const gate = { mode: 'policy', failOn: 'block', strict: false } as const
  const said = [
    ...formatProblems(problems, { gate, color, all: true, sourceText: inputs.texts.get }, createStyle(color)), ...report.notices, ...warnings.map((warning) => `warning: ${warning}`),
  ]
  streams.stderr.write(`${said.map((line) => `${line}\n`).join('')}${failed ? '' : formatSurroundings(report)}`)
  if (failed) return exitCodes.failed.code
  return isProved(report) ? exitCodes.ok.code : exitCodes.violations.code
}

/** Whether the entries do what they should, and nothing is left that differs. */
function isProved({ proof, remarks, unsettled }: IgnoreDifferencesReport): boolean {
  const whole = proof === undefined || (proof.quiet && proof.watchful && proof.needed)
  return whole && unsettled.length === 0 && !remarks.some(({ what }) => what === 'unresolved' || what === 'not-comparable')
}

interface Sink {
  write(text: string): void
  readonly texts: { get(name: string): string | undefined }
}

function print(report: IgnoreDifferencesReport, options: OptionValues<Flag>, { write, texts }: Sink): readonly string[] {
  if (options.settle) {
    const { text, warnings } = formatSettlement(report.predictions, texts.get)
    write(text)
    return warnings
  }
  if (options.write !== undefined) return writeInto(options.write, report, options, texts.get(options.write) ?? '')
  const format = options['ignore-output']
  if (format === 'json') write(`${stringifyJson(toIgnoreDifferencesJson(report), 2)}\n`)
  else if (format === 'text') write(formatText(report.lists))
  else {
    const { text, warnings } = entryFormats[format](report.lists, { argocd: readArgoVersion(options['argocd-version']) })
    write(text)
    return warnings
  }
  return []
}

function writeInto(file: string, { lists }: IgnoreDifferencesReport, { prune }: OptionValues<Flag>, before: string): readonly string[] {
  const warnings: string[] = []
  let text = before
  for (const { entries, written } of lists) {
    const made = writeEntries(text, entries, { prune, name: written?.name })
    if (made === undefined) return [`${file} was not changed`]
    text = made.text
    const names = made.stale.map(({ kind, name }) => `${kind}${name === undefined ? '' : ` ${name}`}`)
    if (names.length > 0 && !prune) warnings.push(`nothing needs the entries for ${names.join(', ')} any more; --prune takes them out`)
  }
  if (text !== before) writeFile(file, text)
  return warnings
}
