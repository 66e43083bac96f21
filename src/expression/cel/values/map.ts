import { makeType, type CelType } from '../types/type.ts'
import { CelBoxed, CelUint, failure, isPlainMap, type CelObject, type CelValue } from './value.ts'

const dyn = makeType('dyn', 'dyn')
const mapType = makeType('map', 'map', [dyn, dyn])

type MapKey = string | boolean | bigint

/**
 * A map whose keys need not be strings. Whole numbers are one key whatever their type, as CEL compares them: `{1: 'a'}[1u]` is `'a'`.
 */
export class CelMap extends CelBoxed {
  readonly type: CelType = mapType
  private readonly map: ReadonlyMap<MapKey, readonly [CelValue, CelValue]>

  private constructor(map: ReadonlyMap<MapKey, readonly [CelValue, CelValue]>) {
    super()
    this.map = map
  }

  /** Makes a map; refuses a key that occurs twice or cannot be one. */
  static of(entries: Iterable<readonly [CelValue, CelValue]>): CelMap {
    const map = new Map<MapKey, readonly [CelValue, CelValue]>()
    for (const entry of entries) {
      const key = toMapKey(entry[0])
      if (key === undefined || typeof entry[0] === 'number') throw failure('unsupported key type')
      if (map.has(key)) throw failure(`Failed with repeated key`)
      map.set(key, entry)
    }
    return new CelMap(map)
  }

  get size(): number {
    return this.map.size
  }

  get(key: CelValue): CelValue | undefined {
    const mapKey = toMapKey(key)
    return mapKey === undefined ? undefined : this.map.get(mapKey)?.[1]
  }

  entries(): Iterable<readonly [CelValue, CelValue]> {
    return this.map.values()
  }
}

/** The form under which a key is stored; undefined for what cannot be a key. */
function toMapKey(key: CelValue): MapKey | undefined {
  if (typeof key === 'string' || typeof key === 'boolean' || typeof key === 'bigint') return key
  if (key instanceof CelUint) return key.value
  return typeof key === 'number' && Number.isInteger(key) ? BigInt(key) : undefined
}

/** Either kind of map. */
export type AnyMap = CelObject | CelMap

/** Tells maps of either kind. */
export function isMap(value: CelValue): value is AnyMap {
  return value instanceof CelMap || isPlainMap(value)
}

/** A map's value at a key; undefined if there is none. */
export function mapGet(map: AnyMap, key: CelValue): CelValue | undefined {
  if (map instanceof CelMap) return map.get(key)
  return typeof key === 'string' && Object.hasOwn(map, key) ? map[key] : undefined
}

/** Number of entries. */
export function mapSize(map: AnyMap): number {
  return map instanceof CelMap ? map.size : Object.keys(map).length
}

/** The keys, in the map's order. */
export function mapKeys(map: AnyMap): CelValue[] {
  return map instanceof CelMap ? Array.from(map.entries(), ([key]) => key) : Object.keys(map)
}

/** The entries, in the map's order. */
export function mapEntries(map: AnyMap): Iterable<readonly [CelValue, CelValue]> {
  return map instanceof CelMap ? map.entries() : Object.entries(map)
}

/** Makes a map of entries: a plain object where all keys are strings. Refuses a key that occurs twice or cannot be one. */
export function mapFromEntries(entries: readonly (readonly [CelValue, CelValue])[]): AnyMap {
  if (!entries.every(([key]) => typeof key === 'string')) return CelMap.of(entries)
  // Defines properties, so that a key "__proto__" is a key like any other.
  const object = Object.fromEntries(entries as readonly (readonly [string, CelValue])[])
  if (Object.keys(object).length < entries.length) throw failure('Failed with repeated key')
  return object
}
