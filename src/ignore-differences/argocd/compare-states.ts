import type { JsonObject } from '../../model/json.ts'
import { Comparer, type CompareOptions, type Comparison } from './comparer.ts'
import { compileIgnoreDifferences } from './ignore-normalizer.ts'

/** Compares states with the same settings, again and again. */
export interface StateComparer {
  compare(target: JsonObject | undefined, live: JsonObject | undefined): Comparison
}

/**
 * Prepares a comparison as Argo CD makes it on the client's side: three-way where the live object says what was applied last, else two-way;
 * structured where `ServerSideApply=true` asks for it.
 * Throws INVALID_EXPRESSION where an expression does not compile (Argo CD then compares nothing of the whole Application); `compare` throws
 * INVALID_PATCH where Argo CD cannot make a patch, which has the same effect.
 */
export function compareStates(options: CompareOptions = {}): StateComparer {
  const ignore = compileIgnoreDifferences(options.ignoreDifferences ?? [])
  const comparer = new Comparer(options)
  return { compare: (target, live) => comparer.compare({ target, live }, ignore) }
}
