import type { Mode } from '../model/report.ts'
import type { RuleResult, Status } from '../model/result.ts'
import type { SourceLocation } from '../model/source.ts'
import { isBlocking } from './decision.ts'

const weight: Readonly<Record<Status, number>> = { fail: 1, error: 2, warn: 3, skip: 4, pass: 5 }

const nowhere: Pick<SourceLocation, 'file' | 'line'> = { file: '', line: 0 }

/** Worst first, then by place and name: the same order in every run. */
export function sortResults(results: readonly RuleResult[], mode: Mode): readonly RuleResult[] {
  const keyed = results.map((result) => ({ result, keys: sortKeys(result, mode) }))
  return keyed.sort((a, b) => compareKeys(a.keys, b.keys)).map(({ result }) => result)
}

type Keys = readonly (string | number)[]

function sortKeys(result: RuleResult, mode: Mode): Keys {
  const { id, source = nowhere } = result.resource
  const rank = isBlocking(result, mode) ? 0 : weight[result.status]
  return [rank, source.file, source.line, `${id.group}/${id.kind}/${id.namespace ?? ''}/${id.name}`, result.policy.name, result.rule]
}

/** What differs first decides; texts by code unit, independent of the machine's language. */
export function compareKeys(a: Keys, b: Keys): number {
  for (const [index, left] of a.entries()) {
    const right = b[index]
    if (right !== undefined && left !== right) return left < right ? -1 : 1
  }
  return 0
}
