// Kyverno: pkg/engine/context/{context,evaluate,deferred}.go
import { EvaluationError } from '../../model/errors.ts'
import type { JsonValue } from '../../model/json.ts'
import { prefixErrors } from '../attempt.ts'
import { mergeNames } from './merge-names.ts'
import { mentionsName, type DeferredEntry, type LoadingScope, type ScopeSettings } from './deferred-entry.ts'

/** One entry within one scope: what became of it there. */
interface Loader {
  readonly entry: DeferredEntry
  readonly owner: Scope
  isLoaded: boolean
  /** Was asked for; a load that failed is not tried again in the same scope. */
  wasTried: boolean
}

/** While an entry loads, only entries registered before it may be loaded (Kyverno's level and index). */
interface LoadingState {
  limit: number | undefined
}

const noLoaders: readonly Loader[] = []

/**
 * A map without inherited names, so that none that an expression uses is found by accident. A scope is made for every rule and element, and what
 * `Object.create(null)` gives is a hash table from the start, several times as slow to fill.
 */
class Names {}
Object.setPrototypeOf(Names.prototype, null)
Reflect.deleteProperty(Names.prototype, 'constructor')

/** Kyverno's maxContextSize: what context entries may bring in, in bytes of JSON. */
const maximumLoadedSize = 2 * 1024 * 1024

/**
 * The names that expressions see at one point of an evaluation: those of the outer scopes, and its own over them. An inner scope
 * never changes an outer one, except that an entry of the outer one is loaded at most once.
 */
export class Scope implements LoadingScope {
  readonly settings: ScopeSettings
  readonly #parent: Scope | undefined
  readonly #data: Record<string, JsonValue>
  readonly #loaders: readonly Loader[]
  readonly #loading: LoadingState
  readonly #loadedSize: { bytes: number }

  private constructor(settings: ScopeSettings, parent: Scope | undefined, names: Readonly<Record<string, JsonValue>>, entries: readonly DeferredEntry[]) {
    this.settings = settings
    this.#parent = parent
    this.#data = Object.assign(new Names() as Record<string, JsonValue>, parent === undefined ? undefined : parent.#data, names)
    this.#loading = parent === undefined ? { limit: undefined } : parent.#loading
    this.#loadedSize = parent === undefined ? { bytes: 0 } : parent.#loadedSize
    const outer = parent === undefined ? noLoaders : parent.#loaders
    for (const loader of outer) loader.wasTried = false
    this.#loaders = entries.length === 0 ? outer : [...outer, ...entries.map((entry): Loader => ({ entry, owner: this, isLoaded: false, wasTried: false }))]
  }

  /** The outermost scope of an evaluation. */
  static create(settings: ScopeSettings, names: Readonly<Record<string, JsonValue>>, entries: readonly DeferredEntry[] = []): Scope {
    return new Scope(settings, undefined, names, entries)
  }

  /** A scope inside this one. */
  extend(names: Readonly<Record<string, JsonValue>>, entries: readonly DeferredEntry[] = []): Scope {
    return new Scope(this.settings, this, names, entries)
  }

  /** Names given as dotted paths, each merged into what the scope has under its first part. */
  mergeSupplied(values: Readonly<Record<string, JsonValue>>): Readonly<Record<string, JsonValue>> {
    const merged = mergeNames(this.#data, values)
    const own = new Set(Object.keys(mergeNames({}, values)))
    return Object.fromEntries(Object.entries(merged).filter(([name]) => own.has(name)))
  }

  get isDelete(): boolean {
    return this.settings.isDelete
  }

  /** Evaluates a JMESPath expression, loading first the entries that its text mentions. Throws EvaluationError. */
  query(expression: string): JsonValue {
    this.#loadMentioned(expression)
    const text = expression.trim()
    if (text === '') throw new EvaluationError('INVALID_EXPRESSION', 'invalid query (nil)')
    const query = this.settings.queries.compile(text)
    return prefixErrors('JMESPath query failed', () => query.search(this.#data, this.settings.lookups))
  }

  /** Evaluates an expression on a given value instead of on the scope. */
  search(expression: string, data: JsonValue): JsonValue {
    return this.settings.queries.compile(expression).search(data, this.settings.lookups)
  }

  #loadMentioned(expression: string): void {
    const limit = Math.min(this.#loading.limit ?? this.#loaders.length, this.#loaders.length)
    for (;;) {
      const index = this.#loaders.findIndex((loader, position) => position < limit && !loader.isLoaded && !loader.wasTried
        && mentionsName(expression, loader.entry.name))
      const loader = this.#loaders[index]
      if (loader === undefined) return
      loader.wasTried = true
      this.#load(loader, index)
    }
  }

  #load(loader: Loader, index: number): void {
    this.#loading.limit = index
    let value: JsonValue | undefined
    try {
      value = loader.entry.load(this)
    } finally {
      this.#loading.limit = undefined
    }
    if (value === undefined) return
    this.#loadedSize.bytes += roughSize(value)
    if (this.#loadedSize.bytes > maximumLoadedSize) {
      throw new EvaluationError('LIMIT_EXCEEDED', `context size limit exceeded: ${this.#loadedSize.bytes} bytes exceeds limit of ${maximumLoadedSize} bytes`)
    }
    loader.isLoaded = true
    this.#assign(loader, value)
  }

  /** Makes the value known here and in the scopes around, up to the one that the entry belongs to. */
  #assign(loader: Loader, value: JsonValue): void {
    this.#data[loader.entry.name] = value
    if (loader.owner !== this && this.#parent !== undefined) this.#parent.#assign(loader, value)
  }
}

/** About as long as the value's JSON. */
function roughSize(value: JsonValue): number {
  if (typeof value === 'string') return value.length + 2
  if (typeof value !== 'object' || value === null) return 5
  if (Array.isArray(value)) return value.reduce<number>((sum, item: JsonValue) => sum + roughSize(item) + 1, 2)
  return Object.entries(value).reduce((sum, [key, item]) => sum + key.length + 4 + roughSize(item as JsonValue), 2)
}
