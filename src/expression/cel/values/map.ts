import { makeType, type CelType } from '../types/type.ts'
import { asNumber } from './number.ts'
import { CelBoxed, CelUint, isPlainMap, type CelObject, type CelValue } from './value.ts'

const dyn = makeType('dyn', 'dyn')
const mapType = makeType('map', 'map', [dyn, dyn])

type Entry = readonly [CelValue, CelValue]

/**
 * A map whose keys need not be strings. Keys of different types are different keys, as in Go: `{dyn(1): 'a', dyn(1u): 'b'}` has two entries;
 * but a number that is not there is looked for as a number of the other types.
 */
export class CelMap extends CelBoxed {
  readonly type: CelType = mapType
  private readonly keyed = new Map<unknown, Entry>()
  /** By value: a uint must not be taken for the int of the same value. */
  private readonly uints = new Map<bigint, Entry>()
  /** Keys that JavaScript cannot compare, such as lists: nothing finds them, but they are entries. */
  private readonly others: Entry[] = []

  /** Of two entries with one key the second counts. */
  constructor(entries: Iterable<readonly [CelValue, CelValue]>) {
    super()
    for (const entry of entries) {
      const [key] = entry
      if (key instanceof CelUint) this.uints.set(key.value, entry)
      else if (typeof key === 'object' && key !== null) this.others.push(entry)
      else this.keyed.set(key, entry)
    }
  }

  get size(): number {
    return this.keyed.size + this.uints.size + this.others.length
  }

  get(key: CelValue): CelValue | undefined {
    const exact = key instanceof CelUint ? this.uints.get(key.value) : this.keyed.get(key)
    return (exact ?? this.findNumber(asNumber(key)))?.[1]
  }

  private findNumber(number: bigint | number | undefined): Entry | undefined {
    if (number === undefined || (typeof number === 'number' && !Number.isInteger(number))) return undefined
    const whole = BigInt(number)
    return this.keyed.get(whole) ?? this.uints.get(whole) ?? (BigInt(Number(whole)) === whole ? this.keyed.get(Number(whole)) : undefined)
  }

  *entries(): Iterable<Entry> {
    yield* this.keyed.values()
    yield* this.uints.values()
    yield* this.others
  }
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

/** Makes a map of entries: a plain object where all keys are strings. Of two entries with one key the second counts. */
export function mapFromEntries(entries: readonly (readonly [CelValue, CelValue])[]): AnyMap {
  if (!entries.every(([key]) => typeof key === 'string')) return new CelMap(entries)
  // Defines properties, so that a key "__proto__" is a key like any other.
  return Object.fromEntries(entries as readonly (readonly [string, CelValue])[])
}
