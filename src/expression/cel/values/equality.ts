import { CelMap, isMap, mapEntries, mapGet, mapSize, type AnyMap } from './map.ts'
import { asNumber, compareNumbers } from './number.ts'
import {
  CelBoxed, CelBytes, CelDuration, CelMessage, CelOpaque, CelOptional, CelTimestamp, CelTypeValue, CelUint, isList, isPlainMap, type CelValue,
} from './value.ts'

/** CEL's `==`: numbers by value whatever their type, everything else by type and content; different types are unequal, not an error. */
export function equalValues(a: CelValue, b: CelValue): boolean {
  switch (typeof a) {
    case 'string': case 'boolean': return a === b
    case 'bigint': case 'number': return typeof a === typeof b ? a === b : equalNumbers(a, b)
    default:
      if (a === null || b === null) return a === b
      if (Array.isArray(a)) return isList(b) && equalLists(a, b)
      if (a instanceof CelBoxed) return equalBoxed(a, b)
      return isMap(b) && equalMaps(a as AnyMap, b)
  }
}

function equalNumbers(a: bigint | number, b: CelValue): boolean {
  const other = asNumber(b)
  return other !== undefined && compareNumbers(a, other) === 0
}

function equalLists(a: readonly CelValue[], b: readonly CelValue[]): boolean {
  return a.length === b.length && a.every((item, index) => equalValues(item, b[index] as CelValue))
}

function equalMaps(a: AnyMap, b: AnyMap): boolean {
  if (mapSize(a) !== mapSize(b)) return false
  for (const [key, value] of mapEntries(a)) {
    const other = mapGet(b, key)
    if (other === undefined || !equalValues(value, other)) return false
  }
  return true
}

function equalBoxed(a: CelBoxed, b: CelValue): boolean {
  if (a instanceof CelUint) return equalNumbers(a.value, b)
  if (a instanceof CelOpaque || a instanceof CelMessage) return a.equals(b)
  if (a instanceof CelMap) return (b instanceof CelMap || isPlainMap(b)) && equalMaps(a, b)
  if (a instanceof CelOptional) return b instanceof CelOptional && equalOptionals(a, b)
  return equalScalars(a, b)
}

function equalOptionals(a: CelOptional, b: CelOptional): boolean {
  if (a.value === undefined || b.value === undefined) return a.value === b.value
  return equalValues(a.value, b.value)
}

function equalScalars(a: CelBoxed, b: CelValue): boolean {
  if (a instanceof CelBytes) return b instanceof CelBytes && compareBytes(a.bytes, b.bytes) === 0
  if (a instanceof CelDuration) return b instanceof CelDuration && a.nanoseconds === b.nanoseconds
  if (a instanceof CelTimestamp) return b instanceof CelTimestamp && a.nanoseconds === b.nanoseconds
  if (a instanceof CelTypeValue) return b instanceof CelTypeValue && a.represents.name === b.represents.name
  return a === b
}

/** Orders bytes as unsigned numbers; a prefix comes first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let index = 0; index < length; index++) {
    const difference = (a[index] as number) - (b[index] as number)
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
