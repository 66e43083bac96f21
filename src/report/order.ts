import type { Mode } from '../model/report.ts'
import type { RuleResult, Status } from '../model/result.ts'
import type { SourceLocation } from '../model/source.ts'
import { compareText } from '../values/text-order.ts'
import { isBlocking } from './decision.ts'

const weight: Readonly<Record<Status, number>> = { fail: 1, error: 2, warn: 3, skip: 4, pass: 5 }

const nowhere: Pick<SourceLocation, 'file' | 'line'> = { file: '', line: 0 }

/** Worst first, then by place and name: the same order in every run. */
export function sortResults(results: readonly RuleResult[], mode: Mode): readonly RuleResult[] {
  const ranked = results.map((result) => ({ result, rank: isBlocking(result, mode) ? 0 : weight[result.status], source: result.resource.source ?? nowhere }))
  return ranked.sort(compareRanked).map(({ result }) => result)
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
