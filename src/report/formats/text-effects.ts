import type { RuleResult } from '../../model/result.ts'
import { count, formatResourceId } from '../names.ts'
import { printable } from '../../values/printable.ts'

const shownPaths = 3

/** What a passing rule would do besides: resources that it generates, fields that it changes here or in others. Empty for most. */
export function describeEffects(result: RuleResult): readonly string[] {
  if (result.status !== 'pass') return []
  const { changes = [], targets = [], generated = [] } = result
  return [
    ...(changes.length > 0 ? [`changes ${paths(changes)}`] : []),
    ...targets.filter((target) => target.changes.length > 0).map((target) => `changes ${paths(target.changes)} of ${formatResourceId(target.after.id)}`),
    ...generated.map(({ id }) => `generates ${formatResourceId(id)}`),
  ]
}

/** Whether a result has anything to tell besides that it passed. */
export function hasEffects(result: RuleResult): boolean {
  // Nearly all results of a large run are passes of validate rules, which have none.
  return result.ruleType !== 'validate' && result.status === 'pass' && ((result.changes?.length ?? 0) > 0 || (result.targets?.length ?? 0) > 0 || (result.generated?.length ?? 0) > 0)
}

function paths(changes: readonly { readonly path: string }[]): string {
  const shown = changes.slice(0, shownPaths).map(({ path }) => printable(path)).join(', ')
  return changes.length > shownPaths ? `${shown} and ${count(changes.length - shownPaths, 'more field')}` : shown
}
