import type { Mode } from '../model/report.ts'
import type { RuleResult, Status } from '../model/result.ts'
import type { SourceLocation } from '../model/source.ts'
import { compareText } from '../values/text-order.ts'
import { isBlocking } from './decision.ts'

const weight: Readonly<Record<Status, number>> = { fail: 1, error: 2, warn: 3, skip: 4, pass: 5 }

const nowhere: Pick<SourceLocation, 'file' | 'line'> = { file: '', line: 0 }

/** Worst first, then by place and name: the same order in every run. */
export function sortResults(results: readonly RuleResult[], mode: Mode): readonly RuleResult[] {
  return results.map((result) => rank(result, mode)).sort(compareRanked).map(({ result }) => result)
}

/** The first of what `sortResults` gives, without sorting the rest. */
export function firstResults(results: readonly RuleResult[], mode: Mode, most: number): readonly RuleResult[] {
  const first: Ranked[] = []
  for (const result of results) {
    const ranked = rank(result, mode)
    const last = first.length < most ? undefined : first.at(-1)
    if (last !== undefined && compareRanked(ranked, last) >= 0) continue
    if (last !== undefined) first.pop()
    // Behind its equals: what is sorted keeps their order.
    first.splice(first.findLastIndex((other) => compareRanked(other, ranked) <= 0) + 1, 0, ranked)
  }
  return first.map(({ result }) => result)
}

function rank(result: RuleResult, mode: Mode): Ranked {
  return { result, rank: isBlocking(result, mode) ? 0 : weight[result.status], source: result.resource.source ?? nowhere }
}

interface Ranked {
  readonly result: RuleResult
  readonly rank: number
  readonly source: Pick<SourceLocation, 'file' | 'line'>
}

/** Names are put together only where the place does not decide. */
function compareRanked(a: Ranked, b: Ranked): number {
  return a.rank - b.rank || compareText(a.source.file, b.source.file) || a.source.line - b.source.line || compareKeys(nameKeys(a.result), nameKeys(b.result))
}

function nameKeys({ policy, rule, resource: { id } }: RuleResult): Keys {
  return [id.group, id.kind, id.namespace ?? '', id.name, policy.name, rule]
}

type Keys = readonly (string | number)[]

/** What differs first decides; texts by code unit, independent of the machine's language. */
export function compareKeys(a: Keys, b: Keys): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right !== undefined && left !== right) return left < right ? -1 : 1
  }
  return 0
}
