import type { RulePolicy } from '../../model/policy.ts'
import type { FieldPath } from '../../model/source.ts'

/** Says what a policy does not do although it looks like it: where, and what to write instead. */
export type Trap = (policy: RulePolicy, warn: Warn) => void

export type Warn = (path: FieldPath, code: string, message: string) => void
