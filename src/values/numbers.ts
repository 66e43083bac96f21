import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'

const minInt64 = -(2n ** 63n)
const maxInt64 = 2n ** 63n - 1n

/** Reads numbers as Go's decoder of unstructured objects does: whole ones that fit are int64 (`bigint`), all others float64. */
export function toInt64(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return value >= minInt64 && value <= maxInt64 ? value : Number(value)
  return mapNumbers(value, toInt64, (number) => (Number.isInteger(number) && Math.abs(number) < 2 ** 63 ? BigInt(number) : number))
}

/** Reads numbers as Go's `encoding/json` does into `any`: every one is a float64. */
export function toFloat64(value: JsonValue): JsonValue {
  return hasBigInt(value) ? convertBigInts(value) : value
}

/** Few manifests have numbers that a double cannot hold, and looking is several times as fast as rebuilding. */
function hasBigInt(value: JsonValue): boolean {
  if (typeof value === 'bigint') return true
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return (value as readonly JsonValue[]).some(hasBigInt)
  const object = value as JsonObject
  // Unlike Object.keys it makes no list.
  for (const key in object) if (hasBigInt(object[key] as JsonValue)) return true
  return false
}

function convertBigInts(value: JsonValue): JsonValue {
  return typeof value === 'bigint' ? Number(value) : mapNumbers(value, convertBigInts, keep)
}

/** Back to the form of a manifest as read: `bigint` only where a double would lose digits. */
export function toPlain(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value
  return mapNumbers(value, toPlain, keep)
}

/** The same for a value that was made from one in plain form: what the two share is not looked through again. */
export function toPlainBeside(value: JsonValue, plain: JsonValue | undefined): JsonValue {
  if (value === plain) return value
  return typeof value === 'bigint' ? toPlain(value) : mapNumbers(value, toPlainBeside, keep, plain)
}

function keep(number: number): JsonValue {
  return number
}

function childOf(value: JsonValue | undefined, key: string | number): JsonValue | undefined {
  if (value === undefined) return undefined
  if (typeof key === 'number') return Array.isArray(value) ? (value as readonly JsonValue[])[key] : undefined
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** Rebuilds only what changes, so that unchanged parts stay shared. Each part comes with what stands in its place in another value. */
function mapNumbers(value: JsonValue, recurse: (value: JsonValue, other: JsonValue | undefined) => JsonValue, convert: (value: number) => JsonValue, other?: JsonValue): JsonValue {
  if (typeof value === 'number') return convert(value)
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[]
    let copy: JsonValue[] | undefined
    for (let index = 0; index < items.length; index++) {
      const item = items[index] as JsonValue
      const mapped = recurse(item, childOf(other, index))
      if (mapped !== item) (copy ??= [...items])[index] = mapped
    }
    return copy ?? value
  }
  if (!isJsonObject(value)) return value
  let copy: Record<string, JsonValue> | undefined
  for (const key in value) {
    const mapped = recurse(value[key] as JsonValue, childOf(other, key))
    if (mapped !== value[key]) {
      copy ??= copyObject(value)
      copy[key] = mapped
    }
  }
  return copy ?? value
}

/** Spread defines own properties, so a key `__proto__` stays an ordinary key. */
function copyObject(value: JsonObject): Record<string, JsonValue> {
  return { ...value }
}
