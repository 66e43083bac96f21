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

/** Collects the pairs of one mapping, noting keys that come twice. */
export class MappingBuilder {
  readonly value: { [key: string]: JsonValue } = {}
  readonly fields: Map<string, YamlFieldMark> | undefined
  readonly #duplicates: DuplicateKey[]
  #merged: Set<string> | undefined

  constructor(duplicates: DuplicateKey[], marks: boolean) {
    this.#duplicates = duplicates
    this.fields = marks ? new Map() : undefined
  }

  set(key: string, value: JsonValue, place: { readonly line: number; readonly column: number }, mark: YamlMark | undefined): void {
    if (Object.hasOwn(this.value, key)) {
      this.#note(key, place, this.#merged?.has(key) ?? false)
      this.#merged?.delete(key)
    }
    this.#assign(key, value)
    if (mark !== undefined) this.fields?.set(key, { line: place.line + 1, column: place.column + 1, value: mark })
  }

  /** Adds all pairs of another mapping. Theirs replace what is there so far (Go's reader; others keep what is there). */
  merge(other: JsonObject, mark: YamlMark | undefined, place: { readonly line: number; readonly column: number }): void {
    this.#merged ??= new Set()
    for (const key of Object.keys(other)) {
      if (Object.hasOwn(this.value, key)) this.#note(key, place, true)
      this.#merged.add(key)
      this.#assign(key, other[key] as JsonValue)
      const field = mark?.fields?.get(key)
      if (field !== undefined) this.fields?.set(key, field)
    }
  }

  #note(key: string, place: { readonly line: number; readonly column: number }, merged: boolean): void {
    if (this.#duplicates.length < mostDuplicates) this.#duplicates.push({ key, line: place.line + 1, column: place.column + 1, merged })
  }

  /** An assignment to `__proto__` would change the prototype; a definition makes it a key like any other. */
  #assign(key: string, value: JsonValue): void {
    if (key === '__proto__') Object.defineProperty(this.value, key, { value, configurable: true, enumerable: true, writable: true })
    else this.value[key] = value
  }
}
