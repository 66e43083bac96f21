import type { JsonObject, JsonValue } from '../../model/json.ts'
import type { YamlFieldMark, YamlMark } from './yaml-mark.ts'

/** A key that its mapping had already. The last value counts, as in Kubernetes. */
export interface DuplicateKey {
  readonly key: string
  readonly line: number
  readonly column: number
  /** One of the two came from a merge (`<<`), which is what merges are for. */
  readonly merged: boolean
}

/** More are not worth a person's time, and a hostile document must not fill the memory with them. */
const mostDuplicates = 100

/** Collects the pairs of one mapping, noting keys that come twice. Places count from 0. */
export class MappingBuilder {
  readonly value: { [key: string]: JsonValue } = {}
  /** Where keys and values are; absent where nobody wants to know. */
  readonly fields: Map<string, YamlFieldMark> | undefined
  readonly #duplicates: DuplicateKey[]
  #merged: Set<string> | undefined

  constructor(duplicates: DuplicateKey[], marks: boolean) {
    this.#duplicates = duplicates
    this.fields = marks ? new Map() : undefined
  }

  set(key: string, value: JsonValue, line: number, column: number): void {
    if (this.#has(key)) {
      this.#note(key, line, column, this.#merged?.has(key) ?? false)
      this.#merged?.delete(key)
    }
    this.#assign(key, value)
  }

  mark(key: string, line: number, column: number, value: YamlMark): void {
    this.fields?.set(key, { line: line + 1, column: column + 1, value })
  }

  /** Adds all pairs of another mapping. Theirs replace what is there so far (Go's reader; others keep what is there). */
  merge(other: JsonObject, mark: YamlMark | undefined, place: { readonly line: number; readonly column: number }): void {
    this.#merged ??= new Set()
    for (const key of Object.keys(other)) {
      if (this.#has(key)) this.#note(key, place.line, place.column, true)
      this.#merged.add(key)
      this.#assign(key, other[key] as JsonValue)
      const field = mark?.fields?.get(key)
      if (field !== undefined) this.fields?.set(key, field)
    }
  }

  /** A plain read first: it is several times as fast, and only names such as `toString` then need the exact question. */
  #has(key: string): boolean {
    return this.value[key] !== undefined && Object.hasOwn(this.value, key)
  }

  #note(key: string, line: number, column: number, merged: boolean): void {
    if (this.#duplicates.length < mostDuplicates) this.#duplicates.push({ key, line: line + 1, column: column + 1, merged })
  }

  /** An assignment to `__proto__` would change the prototype; a definition makes it a key like any other. */
  #assign(key: string, value: JsonValue): void {
    if (key === '__proto__') Object.defineProperty(this.value, key, { value, configurable: true, enumerable: true, writable: true })
    else this.value[key] = value
  }
}
