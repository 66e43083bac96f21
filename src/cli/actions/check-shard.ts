import { writeFile } from '../../pipeline/write-file.ts'
import { mostShares, parseShare, type Share } from '../../pipeline/shard/share.ts'
import { writeShard } from '../../pipeline/shard/write-shard.ts'
import { count } from '../../report/index.ts'
import type { Invocation } from '../command.ts'
import { readComparison } from '../comparison-options.ts'
import { configureCheck } from '../configure.ts'
import { printDetails } from '../details.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { openCluster } from '../open-cluster.ts'
import { createProgress } from '../progress.ts'
import { UsageError } from '../usage-error.ts'
import type { CheckCommandFlag } from './check.ts'

/** `presync check --shard`: checks a part and writes it down. What it means is for `presync merge` to say, so that it ends well whatever it finds. */
export async function runCheckShard(invocation: Invocation<CheckCommandFlag>, text: string): Promise<ExitCode> {
  const { options, streams } = invocation
  const started = Date.now()
  const [share, file] = [readShare(text), readTarget(invocation)]
  const { options: checkOptions, gate, file: configurationFile, problems } = await configureCheck(invocation)
  const progress = createProgress(streams.stderr, Date.now)
  const running = { ...checkOptions, ...await openCluster(options), now: started, onProgress: (line: string) => progress.show(line) }
  const written = await writeShard({ ...running, ...readComparison(options, configurationFile) }, { share, gate, configuration: { file: configurationFile, problems } })
  progress.clear()
  if (options.verbose) printDetails(streams.stderr, { configuration: configurationFile, ...written, milliseconds: Date.now() - started })
  if (file === undefined) streams.stdout.write(written.text)
  else writeFile(file, written.text)
  streams.stderr.write(`shard ${share.index} of ${share.count}: ${written.evaluatedCount} of ${count(written.resourceCount, 'resource')} evaluated; presync merge puts the shards together\n`)
  return exitCodes.ok.code
}

function readShare(text: string): Share {
  const share = parseShare(text)
  if (share === undefined) throw new UsageError(`--shard is I/N, the I-th of N parts counted from 1, as in 2/5, and N at most ${mostShares}; not '${text}'`)
  return share
}

/** The file for the part; undefined for stdout. Other formats would show a part as if it were the whole. */
function readTarget({ options: { output, query } }: Invocation<CheckCommandFlag>): string | undefined {
  const named = /^shard(?:=(.+))?$/.exec(output[0] ?? 'shard')
  if (named === null || output.length > 1 || query !== undefined) {
    throw new UsageError('--shard checks a part, which is printed as -o shard[=FILE] and nothing else; presync merge prints reports')
  }
  return named[1] === '-' ? undefined : named[1]
}
