import { EvaluationError } from '../../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { holdsFloat64Only, type IgnoreStep, type Rest } from './ignore-step.ts'

/** What steps leave of one object. Lists of steps that begin alike share what their beginnings leave: a proof leaves one path after the other out. */
export class Remains {
  readonly #rest: Rest
  readonly #next = new Map<IgnoreStep, Remains>()
  /** What Argo CD would only log: steps that failed, and so left what was there. */
  readonly failures: readonly string[]

  constructor(rest: Rest, failures: readonly string[] = []) {
    this.#rest = rest
    this.failures = failures
  }

  /** An object before any step. */
  static of(object: JsonObject): Remains {
    return new Remains({ value: object, isFloat64: holdsFloat64Only(object) })
  }

  /** Another object before any step, whose numbers are those of this one. */
  ofSameNumbers(object: JsonObject): Remains {
    return new Remains({ value: object, isFloat64: this.#rest.isFloat64 })
  }

  get value(): JsonValue {
    return this.#rest.value
  }

  /** What more steps leave. */
  after(steps: readonly IgnoreStep[]): Remains {
    return steps.reduce<Remains>((remains, step) => remains.#afterStep(step), this)
  }

  #afterStep(step: IgnoreStep): Remains {
    const known = this.#next.get(step)
    if (known !== undefined) return known
    const made = this.#take(step)
    this.#next.set(step, made)
    return made
  }

  #take(step: IgnoreStep): Remains {
    const { value, isFloat64 } = this.#rest
    try {
      return new Remains(isJsonObject(value) ? step(value, isFloat64) : step({}, true), this.failures)
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error
      return new Remains(this.#rest, [...this.failures, error.message])
    }
  }
}
