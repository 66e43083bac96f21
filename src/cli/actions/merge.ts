import { mergeShards } from '../../pipeline/shard/merge-shards.ts'
import { writeFile } from '../../pipeline/write-file.ts'
import { judge } from '../../report/index.ts'
import type { Gate } from '../../model/report.ts'
import type { Invocation } from '../command.ts'
import { printDetails } from '../details.ts'
import { outcomeCodes, type ExitCode } from '../exit-codes.ts'
import { printReport } from '../outputs.ts'
import { prepareOutputs } from '../prepare-outputs.ts'

type Flag = 'mode' | 'fail-on' | 'strict' | 'output' | 'query' | 'all' | 'no-color' | 'verbose'

/** `presync merge`: prints and judges what one run would have. */
export async function runMerge(invocation: Invocation<Flag>): Promise<ExitCode> {
  const { args, options, streams, env } = invocation
  const started = Date.now()
  const outputs = await prepareOutputs(options)
  const { report, gate: recorded, configurationFile, sourceText } = mergeShards(args, process.cwd())
  const gate = chooseGate(recorded, invocation)
  if (options.verbose) printDetails(streams.stderr, { configuration: configurationFile, ...report, milliseconds: Date.now() - started })
  printReport(report, { ...outputs, gate, all: options.all, streams, env, noColor: options['no-color'], sourceText, writeFile })
  return outcomeCodes[judge(report, gate)]
}

/** What the parts were told, unless something else is said here. */
function chooseGate({ mode, failOn, strict }: Gate, { options, given }: Invocation<Flag>): Gate {
  return { mode: given.has('mode') ? options.mode : mode, failOn: given.has('fail-on') ? options['fail-on'] : failOn, strict: given.has('strict') ? options.strict : strict }
}
