import type { MissingInput } from '../../model/errors.ts'
import type { JsonObject } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import type { Trigger } from '../../model/resource.ts'
import type { Rule } from '../../model/rule.ts'
import type { Scope } from '../context/scope.ts'
import type { Environment } from '../environment.ts'
import type { CompiledException } from '../exceptions.ts'
import type { TriggerState } from '../trigger-state.ts'
import type { VerificationRecord } from './verify-images/verification-records.ts'

interface RuleRunFields {
  readonly policy: RulePolicy
  readonly rule: Rule
  readonly trigger: Trigger
  readonly state: TriggerState
  readonly environment: Environment
  /** The exceptions that match; only handlers that treat them themselves see any. */
  readonly exceptions: readonly CompiledException[]
  readonly missing: MissingInput[]
  /** What the rule found out about images. */
  readonly records: VerificationRecord[]
  /** The element that patterns are held against inside a foreach. */
  readonly element?: JsonObject
  /** How deep inside foreach entries; 0 outside. */
  readonly nesting: number
}

/** One rule being evaluated on one trigger: what handlers work with. The scope is built when something is first looked up. */
export class RuleRun {
  readonly fields: RuleRunFields
  readonly #makeScope: () => Scope
  #scope: Scope | undefined

  constructor(fields: RuleRunFields, makeScope: () => Scope) {
    this.fields = fields
    this.#makeScope = makeScope
  }

  get scope(): Scope {
    return this.#scope ??= this.#makeScope()
  }

  /** The same run one foreach deeper. */
  inElement(scope: Scope, element: JsonObject | undefined): RuleRun {
    return new RuleRun({ ...this.fields, nesting: this.fields.nesting + 1, ...(element ? { element } : {}) }, () => scope)
  }

  with(changes: Partial<RuleRunFields>, makeScope: () => Scope = this.#makeScope): RuleRun {
    return new RuleRun({ ...this.fields, ...changes }, makeScope)
  }
}
