import { writeBaseline } from '../../pipeline/write-baseline.ts'
import { count, createStyle, formatProblems } from '../../report/index.ts'
import type { Invocation } from '../command.ts'
import { configureInputs, type InputFlag } from '../configure.ts'
import { printDetails } from '../details.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { isColored } from '../outputs.ts'
import { createProgress } from '../progress.ts'

const defaultFile = '.presync-baseline.json'

/** `presync baseline create` and `prune`. */
export async function runBaseline(verb: 'create' | 'prune', invocation: Invocation<InputFlag | 'baseline' | 'no-color' | 'verbose'>): Promise<ExitCode> {
  const { options, streams, env } = invocation
  const started = Date.now()
  const { options: checkOptions, file, problems, configuration } = await configureInputs(invocation)
  const baselineFile = options.baseline ?? configuration.baseline ?? defaultFile
  const gate = { mode: 'policy', failOn: 'never', strict: false } as const
  const progress = createProgress(streams.stderr, Date.now)
  const { report, entries } = problems.some(({ severity }) => severity === 'error')
    ? { report: undefined, entries: undefined }
    : await writeBaseline(verb, baselineFile, { ...checkOptions, now: started, onProgress: (text) => progress.show(text) })
  progress.clear()
  if (options.verbose) printDetails(streams.stderr, { configuration: file, ...report, milliseconds: Date.now() - started })
  const all = [...problems, ...report?.problems ?? []]
  const color = isColored(streams.stderr, { env, noColor: options['no-color'] })
  if (all.length > 0) streams.stderr.write(`${formatProblems(all, { gate, color, all: false, sourceText: checkOptions.texts.get }, createStyle(color)).join('\n')}\n`)
  if (entries === undefined) return exitCodes.failed.code
  const change = entries.before === 0 ? '' : ` (${entries.before} before)`
  streams.stdout.write(`${baselineFile}: ${count(entries.now, 'known failure')}${change}\n`)
  return exitCodes.ok.code
}
