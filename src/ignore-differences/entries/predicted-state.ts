import type { JsonObject } from '../../model/json.ts'
import type { IgnoredPath } from './field-selector.ts'

/** What kind of thing changes a resource between Git and the cluster. */
export type CauseKind =
  | 'mutation' | 'digest' | 'background' | 'generated' | 'autogen' | 'kyverno-default' | 'aggregated-role' | 'certificate' | 'api-server' | 'unknown'

/** Why a field differs. */
export interface Cause {
  readonly kind: CauseKind
  /** `ClusterPolicy add-labels`. */
  readonly policy?: string
  readonly rule?: string
}

/** One change on the way from what is wanted to what is live. */
export interface StateStep {
  readonly cause: Cause
  readonly before: JsonObject
  readonly after: JsonObject
}

/** A path that covers what a general cause does to every resource of a kind. */
export interface GeneralPath {
  readonly path: IgnoredPath
  readonly cause: Cause
}

/** A resource as Git has it, and as the cluster will have it. */
export interface PredictedState {
  readonly target: JsonObject
  readonly live: JsonObject
  /** What the API server makes of it where nobody else changes anything: the same object each time, made when it is asked for, which is seldom. */
  readonly liveWithout: () => JsonObject
  readonly steps: readonly StateStep[]
  readonly general?: readonly GeneralPath[]
}
