import type { CheckAgainstBaseOptions } from '../../pipeline/check-against-base.ts'
import { check } from '../../pipeline/check.ts'
import type { Report } from '../../model/report.ts'
import { writeFile } from '../../pipeline/write-file.ts'
import { judge } from '../../report/index.ts'
import type { Invocation } from '../command.ts'
import { configureCheck, type CheckFlag } from '../configure.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { printDetails } from '../details.ts'
import { parseOutputs, printReport } from '../outputs.ts'
import type { OptionValues } from '../options.ts'
import { createProgress } from '../progress.ts'
import { UsageError } from '../usage-error.ts'

const outcomes = { ok: exitCodes.ok.code, violations: exitCodes.violations.code, failed: exitCodes.failed.code } as const

/** `presync check`: renders, evaluates, prints, judges. */
export async function runCheck(invocation: Invocation<CheckFlag | 'base' | 'show-diff' | 'baseline' | 'cluster' | 'kubeconfig' | 'context' | 'output' | 'query' | 'all' | 'no-color' | 'verbose'>): Promise<ExitCode> {
  const { options, streams, env } = invocation
  const started = Date.now()
  const query = options.query === undefined ? undefined : await prepareQuery(options.query)
  const targets = parseOutputs(query === undefined || options.output.some((output) => /^json(?:=|$)/.test(output)) ? options.output : ['json', ...options.output])
  const { options: checkOptions, gate, file, problems } = await configureCheck(invocation)
  const progress = createProgress(streams.stderr, Date.now)
  const running = { ...checkOptions, ...await openCluster(options), now: started, onProgress: (text: string) => progress.show(text) }
  const checked = options.base === undefined ? await check(running) : await compareWithBase({ ...running, base: options.base, showDiff: options['show-diff'] })
  progress.clear()
  const report = { ...checked, problems: [...problems, ...checked.problems] }
  if (options.verbose) printDetails(streams.stderr, { configuration: file, ...checked, milliseconds: Date.now() - started })
  printReport(report, { targets, gate, all: options.all, streams, env, noColor: options['no-color'], sourceText: checkOptions.texts.get, writeFile, ...query })
  return outcomes[judge(report, gate)]
}

/** Only who means a cluster pays for its client. */
async function openCluster({ cluster, kubeconfig, context, offline }: OptionValues<'cluster' | 'kubeconfig' | 'context' | 'offline'>): Promise<Pick<CheckAgainstBaseOptions, 'loader'>> {
  if (!cluster) return {}
  if (offline) throw new UsageError('--cluster asks a cluster, which --offline rules out')
  const { createClusterLoader } = await import('../../pipeline/cluster-loader.ts')
  return { loader: createClusterLoader({ ...(kubeconfig === undefined ? {} : { kubeconfig }), ...(context === undefined ? {} : { context }) }) }
}

async function compareWithBase(options: CheckAgainstBaseOptions): Promise<Report> {
  const { checkAgainstBase } = await import('../../pipeline/check-against-base.ts')
  return checkAgainstBase(options)
}

/** Only who asks for a part of the report pays for the language. */
async function prepareQuery(text: string): Promise<{ readonly query: (json: string) => string }> {
  const { checkQuery, queryReport } = await import('../query-report.ts')
  checkQuery(text)
  return { query: (json) => queryReport(json, text) }
}
