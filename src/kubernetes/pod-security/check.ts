import type { FieldPath } from '../../model/source.ts'
import type { Pod } from './pod.ts'

/** One control of the Pod Security Standards. */
export interface PodSecurityCheck {
  readonly id: string
  readonly summary: string
  /** What to do about a field at fault, as an order. */
  readonly remedy: string
  /** `baseline` checks apply to the restricted level too. */
  readonly level: 'baseline' | 'restricted'
  /** Ascending by the Kubernetes 1.x minor version in which each revision came. */
  readonly versions: readonly [CheckVersion, ...CheckVersion[]]
}

export interface CheckVersion {
  readonly since: number
  /** Gives what is wrong, or undefined if nothing is. */
  readonly run: (pod: Pod) => Forbidden | undefined
}

/** Why a check forbids a Pod. */
export interface Forbidden {
  /** A few words, always the same for a check. */
  readonly reason: string
  /** Names the containers and values. */
  readonly detail: string
  /** The fields at fault; undefined for a check that does not tell them (such a check cannot be excluded). */
  readonly errors: readonly FieldError[] | undefined
  /** Where to look if there are no `errors`. */
  readonly places?: readonly FieldPath[]
}

/** One field at fault, from the Pod's root. */
export interface FieldError {
  readonly type: 'forbidden' | 'required'
  readonly path: FieldPath
  /** The value at fault; undefined where the field itself is (or is missing). */
  readonly badValue: string | boolean | number | readonly string[] | undefined
}

/** A failed check with its name. */
export interface PodSecurityViolation extends Forbidden {
  readonly id: string
}

/** The field must not be there, or not have this value. */
export function forbidden(path: FieldPath, badValue?: FieldError['badValue']): FieldError {
  return { type: 'forbidden', path, badValue }
}

/** The field has to be set. */
export function required(path: FieldPath): FieldError {
  return { type: 'required', path, badValue: undefined }
}
