import type { Problem } from './errors.ts'
import type { PolicyKind } from './policy-kind.ts'
import type { Resource } from './resource.ts'
import type { PolicyRef, RuleResult } from './result.ts'

/** What one policy answered about one resource, in one step of the evaluation. */
export interface ApplyResponse {
  readonly policy: PolicyRef & { readonly kind: PolicyKind }
  readonly step: 'mutate' | 'validate' | 'generate' | 'delete'
  /** Where the policy takes effect. */
  readonly process: 'background scan' | 'admission review' | ''
  readonly resource: Resource
  /** A payload has neither kind nor name. */
  readonly isPayload: boolean
  readonly results: readonly RuleResult[]
  /** The resource after a mutate step; nothing where the policies before lost it. */
  readonly patched?: Resource
}

/** A run of `presync apply`. */
export interface ApplyReport {
  readonly ruleCount: number
  readonly resourceCount: number
  readonly exceptionCount: number
  readonly responses: readonly ApplyResponse[]
  /** Policies that Kyverno's validation refuses. */
  readonly invalid: readonly { readonly name: string; readonly reason: string }[]
  /** What kept an input from being used at all; without `--compat` each of them is an error of the run. */
  readonly problems: readonly Problem[]
}

/** How results are counted. */
export interface ApplyCounting {
  /** Failures of policies that audit are warnings. */
  readonly auditWarn: boolean
  /** Count as Kyverno does, twice and never where it does. */
  readonly compat: boolean
}
