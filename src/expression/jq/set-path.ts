// Counterpart: gojq func.go (setpath, delpaths)
import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject } from '../../model/json.ts'
import { setKey, withKey, withoutKey } from '../../patch/set-key.ts'
import { readBounds, sliceRange, wrapFailure } from './access.ts'
import { describe, preview } from './encode.ts'
import { fail } from './failure.ts'
import { isNumber, toIndex } from './numbers.ts'
import { ownEntry } from './runtime.ts'
import type { JqValue } from './syntax.ts'

/** Longer lists than this are not made for one index beyond the end. */
const maxLength = 1_000_000

/** Stands for what `delpaths` will take out, so that the indexes of all paths keep their meaning meanwhile. */
const hole = { hole: true } as const
type Slot = JqValue | typeof hole

/** `setpath`. */
export function setPath(value: JqValue, path: JqValue, replacement: JqValue): JqValue {
  if (!isJsonArray(path)) throw fail(() => `setpath(${preview(path)}) cannot be applied to: ${describe(value)}`)
  return wrapFailure(() => new Update(replacement).apply(value, path, 0) as JqValue, () => `setpath(${preview(path)}; ${preview(replacement)}) cannot be applied to ${preview(value)}`)
}

/** `delpaths`. */
export function deletePaths(value: JqValue, paths: JqValue): JqValue {
  if (!isJsonArray(paths)) throw fail(() => `delpaths(${preview(paths)}) cannot be applied to: ${describe(value)}`)
  if (paths.length === 0) return value
  const [only] = paths
  const simple = paths.length === 1 && only !== undefined && isJsonArray(only) ? deletePath(value, only, 0) : undefined
  if (simple !== undefined) return simple
  return wrapFailure(() => {
    const deletion = new Update(hole)
    let current: Slot = value
    for (const path of paths) {
      if (!isJsonArray(path)) throw fail(() => `expected an array but got: ${describe(path)}`)
      current = deletion.apply(current, path, 0)
    }
    return deletion.fillHoles(current)
  }, () => `delpaths(${preview(paths)}) cannot be applied to ${preview(value)}`)
}

/** Deletes at one path of keys and indexes that are all there, as in most deletions; undefined where it is not like that. */
function deletePath(value: JqValue, path: readonly JqValue[], at: number): JqValue | undefined {
  const key = path[at]
  const isLast = at === path.length - 1
  if (typeof key === 'string') {
    const inner = ownEntry(value, key)
    if (inner === undefined) return undefined
    if (isLast) return withoutKey(value as JsonObject, key)
    const changed = deletePath(inner, path, at + 1)
    return changed === undefined ? undefined : withKey(value as JsonObject, key, changed)
  }
  const index = key !== undefined && isNumber(key) && isJsonArray(value) ? toIndex(key) as number : -1
  const inner = index < 0 ? undefined : (value as readonly JqValue[])[index]
  if (inner === undefined) return undefined
  if (isLast) return (value as readonly JqValue[]).toSpliced(index, 1)
  const changed = deletePath(inner, path, at + 1)
  return changed === undefined ? undefined : (value as readonly JqValue[]).with(index, changed)
}

/** One replacement, or one deletion, at any number of paths. What it copied once it changes in place afterwards. */
class Update {
  readonly #replacement: Slot
  readonly #owned = new Set<object>()

  constructor(replacement: Slot) {
    this.#replacement = replacement
  }

  apply(value: Slot, path: readonly JqValue[], at: number): Slot {
    if (at >= path.length) return this.#replacement
    if (value === hole) return value
    const key = path[at] as JqValue
    const current = value as JqValue
    const change = (inner: Slot): Slot => this.apply(inner, path, at + 1)
    if (typeof key === 'string') return this.#updateKey(current, key, change)
    if (isNumber(key)) return this.#updateIndex(current, toIndex(key) as number, change)
    if (isJsonObject(key)) return this.#updateSlice(current, key, change)
    throw fail(() => `expected ${isJsonArray(current) ? 'a number for indexing an array' : 'a string for object key'} but got: ${describe(key)}`)
  }

  /** The value without its holes. They are in what was copied for them; all else stays shared. */
  fillHoles(value: Slot): JqValue {
    if (value === hole) return null
    const json = value as JqValue
    if (json === null || typeof json !== 'object' || !this.#owned.has(json)) return json
    return isJsonArray(json) ? this.#fillList(json as readonly Slot[]) : this.#fillObject(json as JsonObject)
  }

  #fillList(list: readonly Slot[]): JqValue {
    return list.filter((item) => item !== hole).map((item) => this.fillHoles(item))
  }

  #fillObject(object: JsonObject): JqValue {
    const kept: Record<string, JqValue> = {}
    for (const key of Object.keys(object)) {
      const item = object[key] as Slot
      if (item !== hole) setKey(kept, key, this.fillHoles(item))
    }
    return kept
  }

  get #deletes(): boolean {
    return this.#replacement === hole
  }

  #own<T extends object>(value: T, copy: () => T): T {
    if (this.#owned.has(value)) return value
    const mine = copy()
    this.#owned.add(mine)
    return mine
  }

  #updateKey(value: JqValue, key: string, change: Change): Slot {
    if (value !== null && !isJsonObject(value)) throw fail(() => `expected an object but got: ${describe(value)}`)
    const inner = value === null ? undefined : ownEntry(value, key)
    if (inner === undefined && this.#deletes) return value
    const changed = change(inner ?? null)
    const object: Record<string, Slot> = this.#own(value ?? {}, () => ({ ...value }))
    if (key === '__proto__') Object.defineProperty(object, key, { value: changed, writable: true, enumerable: true, configurable: true })
    else object[key] = changed
    return object as JsonObject
  }

  #updateIndex(value: JqValue, index: number, change: Change): Slot {
    const list = asList(value)
    const at = index < 0 ? index + list.length : index
    if ((at < 0 || at >= list.length) && this.#deletes) return value
    if (at < 0) throw fail(() => `array index should not be negative: ${index}`)
    if (at >= 0x20000000) throw fail(() => `array index too large: ${index}`)
    if (at >= Math.max(maxLength, list.length)) throw new EvaluationError('LIMIT_EXCEEDED', `the query makes a list of more than ${maxLength} items`)
    const changed = change(list[at] ?? null)
    const mine = this.#own(list as Slot[], () => [...list])
    while (mine.length < at) mine.push(null)
    mine[at] = changed
    return mine as JqValue
  }

  #updateSlice(value: JqValue, key: JsonObject, change: Change): Slot {
    const list = asList(value)
    const { start, end } = readBounds(key)
    const [from, to] = sliceRange(list.length, start, end, 'an array')
    if (from === to && this.#deletes) return value
    const changed = change(list.slice(from, to))
    const holes = changed === hole
    if (!holes && !isJsonArray(changed as JqValue)) throw fail(() => `expected an array but got: ${describe(changed as JqValue)}`)
    const middle: readonly Slot[] = holes ? list.slice(from, to).map(() => hole) : changed as readonly JqValue[]
    const mine = [...list.slice(0, from), ...middle, ...list.slice(to)]
    this.#owned.add(mine)
    return mine as JqValue
  }
}

type Change = (inner: Slot) => Slot

function asList(value: JqValue): readonly JqValue[] {
  if (value === null) return []
  if (!isJsonArray(value)) throw fail(() => `expected an array but got: ${describe(value)}`)
  return value
}
