import type { CheckAgainstBaseOptions } from '../../pipeline/check-against-base.ts'
import { check } from '../../pipeline/check.ts'
import type { Report } from '../../model/report.ts'
import { writeFile } from '../../pipeline/write-file.ts'
import { judge } from '../../report/index.ts'
import type { Invocation } from '../command.ts'
import { readComparison } from '../comparison-options.ts'
import { configureCheck, type CheckFlag } from '../configure.ts'
import { outcomeCodes, type ExitCode } from '../exit-codes.ts'
import { printDetails } from '../details.ts'
import { printReport } from '../outputs.ts'
import { openCluster } from '../open-cluster.ts'
import { prepareOutputs } from '../prepare-outputs.ts'
import { createProgress } from '../progress.ts'

/** The options of `presync check`. */
export type CheckCommandFlag = CheckFlag | 'base' | 'full' | 'show-diff' | 'shard' | 'baseline' | 'cluster' | 'kubeconfig' | 'context' | 'output' | 'query' | 'all' | 'no-color' | 'verbose'

/** `presync check`: renders, evaluates, prints, judges. */
export async function runCheck(invocation: Invocation<CheckCommandFlag>): Promise<ExitCode> {
  const { options, streams, env } = invocation
  const started = Date.now()
  const outputs = await prepareOutputs(options)
  const { options: checkOptions, gate, file, problems } = await configureCheck(invocation)
  const progress = createProgress(streams.stderr, Date.now)
  const running = { ...checkOptions, ...await openCluster(options), now: started, onProgress: (text: string) => progress.show(text) }
  const comparison = readComparison(options, file)
  const checked = comparison === undefined ? await check(running) : await compareWithBase({ ...running, ...comparison })
  progress.clear()
  const report = { ...checked, problems: [...problems, ...checked.problems] }
  if (options.verbose) printDetails(streams.stderr, { configuration: file, ...checked, milliseconds: Date.now() - started })
  printReport(report, { ...outputs, gate, all: options.all, streams, env, noColor: options['no-color'], sourceText: checkOptions.texts.get, writeFile })
  return outcomeCodes[judge(report, gate)]
}

async function compareWithBase(options: CheckAgainstBaseOptions): Promise<Report> {
  const { checkAgainstBase } = await import('../../pipeline/check-against-base.ts')
  return checkAgainstBase(options)
}
