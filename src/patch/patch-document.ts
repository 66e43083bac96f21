// Counterpart: evanphx/json-patch v5, patch.go (partialDoc, partialArray, lazyNode)
import { EvaluationError } from '../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonValue } from '../model/json.ts'
import { goQuote } from '../values/go-quote.ts'
import { parseIndex } from './json-pointer.ts'
import { setKey } from './set-key.ts'

/** A document being patched. Only containers on the paths of operations are opened; all the rest stays shared with the original. */
export type PatchContainer = OpenObject | OpenList

/** A value inside; undefined is a null that was there from the start, which operations treat otherwise than one that they wrote. */
export type Slot = LazyValue | undefined

/** A value that is opened when an operation goes through it. */
export class LazyValue {
  readonly raw: JsonValue
  #container: PatchContainer | undefined

  constructor(raw: JsonValue) {
    this.raw = raw
  }

  /** Its container form; undefined where it is a scalar or a null. */
  open(): PatchContainer | undefined {
    return this.#container ??= openContainer(this.raw)
  }

  toJson(): JsonValue {
    return this.#container === undefined ? this.raw : this.#container.toJson()
  }
}

/** Opens a list or object; undefined for anything else. */
export function openContainer(value: JsonValue, self?: LazyValue): PatchContainer | undefined {
  if (isJsonArray(value)) return new OpenList(value, self)
  return isJsonObject(value) ? new OpenObject(value, self) : undefined
}

const toSlot = (value: JsonValue): Slot => value === null ? undefined : new LazyValue(value)
const fromSlot = (slot: Slot): JsonValue => slot === undefined ? null : slot.toJson()

/** Thrown by containers, in the words of the Go library; the operation puts its own before them. */
export class AccessError extends Error {
  readonly missing: boolean

  constructor(message: string, missing = false) {
    super(message)
    this.missing = missing
  }
}

export class OpenObject {
  readonly #self: LazyValue | undefined
  readonly #original: JsonValue
  readonly #slots: Map<string, Slot>
  #changed = false

  constructor(value: { readonly [key: string]: JsonValue }, self?: LazyValue) {
    this.#self = self
    this.#original = value
    this.#slots = new Map(Object.entries(value).map(([key, item]) => [key, toSlot(item)]))
  }

  /** The empty key means the document itself, as it was at first; below the root it finds nothing. */
  get(key: string): Slot {
    if (key === '') return this.#self
    if (!this.#slots.has(key)) throw new AccessError(`unable to get nonexistent key: ${key}: missing value`, true)
    return this.#slots.get(key)
  }

  set(key: string, slot: Slot): void {
    this.#changed = true
    this.#slots.set(key, slot)
  }

  add(key: string, slot: Slot): void {
    this.set(key, slot)
  }

  remove(key: string, allowMissing: boolean): void {
    if (!this.#slots.delete(key)) {
      if (allowMissing) return
      throw new AccessError(`unable to remove nonexistent key: ${key}: missing value`, true)
    }
    this.#changed = true
  }

  toJson(): JsonValue {
    const original = this.#original as { readonly [key: string]: JsonValue }
    const object: Record<string, JsonValue> = {}
    let changed = this.#changed
    for (const [key, slot] of this.#slots) {
      const value = fromSlot(slot)
      changed ||= value !== original[key]
      setKey(object, key, value)
    }
    return changed ? object : original
  }
}

function notAnIndex(key: string): string {
  return `strconv.Atoi: parsing ${goQuote(key)}: invalid syntax`
}

/** Lists are padded up to the index that an operation names; a patch could ask for any. */
const maxPadding = 10_000

export class OpenList {
  readonly #self: LazyValue | undefined
  readonly #original: readonly JsonValue[]
  readonly #slots: Slot[]

  constructor(value: readonly JsonValue[], self?: LazyValue) {
    this.#self = self
    this.#original = value
    this.#slots = value.map(toSlot)
  }

  get length(): number {
    return this.#slots.length
  }

  get(key: string): Slot {
    if (key === '') return this.#self
    return this.#slots[this.#index(key, this.#slots.length, this.#slots.length - 1)]
  }

  set(key: string, slot: Slot): void {
    this.#slots[this.#index(key, this.#slots.length, this.#slots.length - 1)] = slot
  }

  add(key: string, slot: Slot): void {
    if (key !== '-' && parseIndex(key) === undefined) throw new AccessError(`value was not a proper array index: '${key}': ${notAnIndex(key)}`)
    const at = key === '-' ? this.#slots.length : this.#index(key, this.#slots.length + 1, this.#slots.length)
    this.#slots.splice(at, 0, slot)
  }

  remove(key: string, allowMissing: boolean): void {
    const index = parseIndex(key)
    if (index === undefined) throw new AccessError(notAnIndex(key))
    const length = this.#slots.length
    if (allowMissing && (index >= length || index < -length)) return
    this.#slots.splice(this.#index(key, length, length - 1), 1)
  }

  /** Appends nulls until the list has this length. */
  pad(length: number): void {
    if (length - this.#slots.length > maxPadding) throw new EvaluationError('LIMIT_EXCEEDED', `the patch would pad a list by more than ${maxPadding} items`)
    while (this.#slots.length < length) this.#slots.push(new LazyValue(null))
  }

  /** Negative indexes count from the end. */
  #index(key: string, length: number, last: number): number {
    const index = parseIndex(key)
    if (index === undefined) throw new AccessError(notAnIndex(key))
    if (index > last || index < -length) throw new AccessError(`Unable to access invalid index: ${index}: invalid index referenced`)
    return index < 0 ? index + length : index
  }

  toJson(): JsonValue {
    const list = this.#slots.map(fromSlot)
    return list.length === this.#original.length && list.every((item, index) => item === this.#original[index]) ? this.#original : list
  }
}
