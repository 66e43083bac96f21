import type { Problem } from './errors.ts'
import type { RuleResult } from './result.ts'

/** Everything a run has to say. Summary and decision are functions of it (`report/`). */
export interface Report {
  readonly results: readonly RuleResult[]
  readonly problems: readonly Problem[]
}

/** Per run, ours: whether anything at or above the threshold stands in the way of a sync. */
export type Decision = 'allow' | 'block'
