import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject } from '../../model/json.ts'
import { isBornEmpty } from './empty-lists.ts'
import type { JqValue } from './syntax.ts'

/** How far a query in `path(…)` has come: a chain of keys, and the value that they lead to. */
export interface Trail {
  readonly before: Trail | undefined
  /** Undefined at the start. */
  readonly key: JqValue | undefined
  readonly value: JqValue
}

/** Receives an output. The trail is undefined where nobody asks for paths. */
export type Emit = (value: JqValue, trail: Trail | undefined) => void

/** A compiled query: calls `emit` for each output. */
export type Filter = (value: JqValue, trail: Trail | undefined, scope: Scope | undefined, emit: Emit) => void

/** A function's argument: evaluated where it is used, with the variables of where it was written. */
export interface Closure {
  readonly filter: Filter
  readonly scope: Scope | undefined
}

/** Variables and arguments, the innermost first. */
export interface Scope {
  readonly value: JqValue | Closure | BreakLabel
  readonly outer: Scope | undefined
}

export interface BreakLabel {
  readonly label: object
}

/** Counts what a run does. Instead of Argo CD's clock, so that the same query on the same data always ends alike. */
export class Budget {
  readonly #limit: number
  #spent = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  reset(): void {
    this.#spent = 0
  }

  /** One step, or as many as an operation handles values. */
  spend(steps: number): void {
    this.#spent += steps
    if (this.#spent > this.#limit) throw new EvaluationError('LIMIT_EXCEEDED', `the query takes more than ${this.#limit} steps`)
  }
}

/** Whether a value is the one that the trail leads to; lists and objects by identity, as gojq does. Lists that were empty all along are all the same to it. */
export function isIntact(value: JqValue, trail: Trail): boolean {
  const expected = trail.value
  if (isJsonArray(value) && isJsonArray(expected) && isBornEmpty(value) && isBornEmpty(expected)) return true
  return value === expected || (typeof value === 'number' && Number.isNaN(value) && Number.isNaN(expected))
}

/** The keys of a trail, from the start. */
export function trailKeys(trail: Trail): JqValue[] {
  const keys: JqValue[] = []
  for (let each: Trail | undefined = trail; each?.key !== undefined; each = each.before) keys.push(each.key)
  return keys.reverse()
}

/** An object's own value of a key. */
export function ownEntry(value: JqValue, key: string): JqValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}
