import type { Shard } from './read-shard.ts'
import { ShardError } from './shard-error.ts'

const again = 'run all shards again, from the same commit and with the same options'

/** The shards of one run, each once, in their order; otherwise a `ShardError` says what is wrong and what to do. */
export function requireWholeRun(shards: readonly Shard[]): readonly [Shard, ...Shard[]] {
  const [first, ...others] = shards.toSorted((left, right) => left.document.share.index - right.document.share.index)
  if (first === undefined) throw new ShardError('SHARDS_INCOMPLETE', 'there is nothing to merge')
  for (const other of others) requireSameCount(first, other)
  requireEachOnce([first, ...others])
  for (const other of others) requireSameRun(first, other)
  return [first, ...others]
}

function requireSameCount(first: Shard, other: Shard): void {
  const [one, two] = [first.document.share.count, other.document.share.count]
  if (one !== two) throw new ShardError('SHARDS_DIFFER', `${called(first)} and ${called(other)} are not of the same run: one is of ${one} shards, the other of ${two}; give the files of one run`)
}

function requireEachOnce(shards: readonly [Shard, ...Shard[]]): void {
  const { count } = shards[0].document.share
  for (const [index, shard] of shards.entries()) {
    const next = shards[index + 1]
    if (next !== undefined && next.document.share.index === shard.document.share.index) {
      throw new ShardError('SHARDS_INCOMPLETE', `${shard.file} and ${next.file} are both shard ${shard.document.share.index} of ${count}; give each shard once`)
    }
  }
  const given = new Set(shards.map(({ document }) => document.share.index))
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !given.has(index))
  if (missing.length > 0) {
    const [noun, verb] = missing.length === 1 ? ['shard', 'is'] : ['shards', 'are']
    throw new ShardError('SHARDS_INCOMPLETE', `${noun} ${missing.join(', ')} of ${count} ${verb} missing; run presync check --shard ${missing[0]}/${count} and give its file too`)
  }
}

function requireSameRun(first: Shard, other: Shard): void {
  const [one, two] = [first.document, other.document]
  requireSameBase(first, other)
  const differs = (what: string): ShardError => new ShardError('SHARDS_DIFFER', `${called(other)} ${what} than ${called(first)}; ${again}`)
  if (one.run.commit !== two.run.commit) throw differs(`is of another commit (${two.run.commit ?? 'none'} instead of ${one.run.commit ?? 'none'})`)
  const options = [...new Set([...Object.keys(one.run.options), ...Object.keys(two.run.options)])].filter((name) => one.run.options[name] !== two.run.options[name])
  if (options.length > 0) throw differs(`was made with other options (${options.join(', ')})`)
  if (one.run.policies !== two.run.policies) throw differs('was made with other policies')
  if (one.run.resources !== two.run.resources) throw differs('found other resources')
}

/** Where a base could not be had, everything else differs too, and that is the reason. */
function requireSameBase(first: Shard, other: Shard): void {
  const [one, two] = [first.document.base, other.document.base]
  if (one?.commit === two?.commit) return
  if (one !== undefined && two !== undefined) throw new ShardError('SHARDS_DIFFER', `${called(other)} is compared with ${two.commit}, and ${called(first)} with ${one.commit}; name a commit for --base, and ${again}`)
  const lacking = one === undefined ? first : other
  const [problem] = lacking.document.head.problems.rendering
  throw new ShardError('SHARDS_DIFFER', `${called(lacking)} has no base, and others have one${problem === undefined ? '' : `: ${problem.message}`}; ${again}`)
}

function called({ file, document: { share } }: Shard): string {
  return `shard ${share.index} (${file})`
}
