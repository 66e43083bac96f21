// Counterpart: gojq error.go
import { encodeJson } from './encode.ts'
import type { JqValue } from './syntax.ts'

/** A runtime error of jq, which `try` catches. No Error: queries with `?` throw many, and a stack trace is costly. */
export class JqFailure {
  readonly #message: () => string
  /** What `catch` is given: the message, unless the query itself raised the error. */
  readonly #value: (() => JqValue) | undefined

  constructor(message: () => string, value?: () => JqValue) {
    this.#message = message
    this.#value = value
  }

  get message(): string {
    return this.#message()
  }

  get value(): JqValue {
    return this.#value === undefined ? this.#message() : this.#value()
  }
}

/** A failure with a message that is only made when somebody reads it. */
export function fail(message: () => string): JqFailure {
  return new JqFailure(message)
}

/** What `error` raises. */
export function raised(value: JqValue): JqFailure {
  return new JqFailure(() => `error: ${typeof value === 'string' ? value : encodeJson(value)}`, () => value)
}

/** What `halt` and `halt_error` raise; nothing in the query catches it. */
export class Halt {
  readonly message: string

  constructor(value: JqValue) {
    this.message = `halt error: ${typeof value === 'string' ? value : encodeJson(value)}`
  }
}

/** Leaves a `label` or a function such as `first`. Each activation has its own. */
export class BreakSignal {
  readonly label: object

  constructor(label: object) {
    this.label = label
  }
}

/** An error from behind a `try`, on its way out through it: not this `try`'s to catch. */
export class Downstream {
  readonly error: unknown
  readonly passing: object

  constructor(error: unknown, passing: object) {
    this.error = error
    this.passing = passing
  }
}
