import { EvaluationError } from '../../model/errors.ts'
import type { GoRegex } from '../../values/go-regex.ts'

/** What functions may ask of the outside. Everything else is computed from their arguments. */
export interface JmesPathEnvironment {
  /** Milliseconds since 1970, for `time_now` and the like. */
  readonly now: number
  /** In [0, 1), for `random`. */
  random(): number
  /** The addresses of a host name, for `is_external_url`; absent or undefined: not known. */
  resolveHost?(name: string): readonly string[] | undefined
  /** Kyverno's defaultRegistry, for `image_normalize`. */
  readonly defaultRegistry?: string
}

/** One evaluation: its environment, and how much it may still cost. */
export class Run {
  readonly environment: JmesPathEnvironment
  readonly regexes: Map<string, GoRegex>
  #budget: number

  constructor(environment: JmesPathEnvironment, regexes: Map<string, GoRegex>, budget = defaultBudget) {
    this.environment = environment
    this.regexes = regexes
    this.#budget = budget
  }

  /** Accounts for steps (elements visited, characters made). Nested projections and doublings would else run for ever. */
  spend(steps: number): void {
    this.#budget -= steps
    if (this.#budget < 0) throw new EvaluationError('LIMIT_EXCEEDED', 'JMESPath evaluation takes too many steps')
  }

  /** Accounts for every part of a value. Parts may be shared, so that a small value can be an endless text. */
  spendOn(value: unknown): void {
    if (typeof value === 'string') this.spend(1 + value.length / 16)
    else this.spend(1)
    if (typeof value !== 'object' || value === null) return
    for (const item of Array.isArray(value) ? value : Object.values(value)) this.spendOn(item)
  }
}

const defaultBudget = 20_000_000
