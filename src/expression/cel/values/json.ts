import { Buffer } from 'node:buffer'
import type { JsonObject, JsonValue } from '../../../model/json.ts'
import { toFloat64, toInt64 } from '../../../values/numbers.ts'
import { formatType } from '../types/type.ts'
import { CelMap } from './map.ts'
import { formatSeconds, formatTimestamp } from './time-text.ts'
import {
  CelBytes, CelDuration, CelMessage, CelOpaque, CelOptional, CelTimestamp, CelTypeValue, CelUint, failure, isList, isPlainMap, type CelBoxed, type CelValue,
} from './value.ts'

/**
 * A document as a value. In a cluster whole numbers are ints; Kyverno's command line makes every number a double. Parts that do not change stay
 * shared with the document. Convert a document once and evaluate on it many times.
 */
export function fromJson(json: JsonValue, numbers: 'int' | 'double'): CelValue {
  return numbers === 'int' ? toInt64(json) : toFloat64(json)
}

/** A value as JSON, as Kubernetes converts results and patches: bytes become base64, times and durations text, an absent optional null. */
export function toJson(value: CelValue): JsonValue {
  if (typeof value !== 'object' || value === null) return value
  if (isList(value)) return value.map(toJson)
  if (isPlainMap(value)) return objectToJson(Object.entries(value))
  return boxedToJson(value as CelBoxed)
}

function boxedToJson(value: CelBoxed): JsonValue {
  if (value instanceof CelUint) return value.value
  if (value instanceof CelOpaque || value instanceof CelMessage) return value.toJson()
  if (value instanceof CelMap) return objectToJson(value.entries())
  if (value instanceof CelOptional) return value.value === undefined ? null : toJson(value.value)
  if (value instanceof CelBytes) return Buffer.from(value.bytes).toString('base64')
  if (value instanceof CelTimestamp) return formatTimestamp(value.nanoseconds)
  if (value instanceof CelDuration) return formatSeconds(value.nanoseconds)
  if (value instanceof CelTypeValue) return formatType(value.represents)
  throw failure(`type conversion error from '${value.type.name}' to JSON`)
}

/** JSON knows keys of text only; others are written as text. */
function objectToJson(entries: Iterable<readonly [CelValue, CelValue]>): JsonObject {
  return Object.fromEntries(Array.from(entries, ([key, value]) => [key instanceof CelUint ? String(key.value) : String(key), toJson(value)]))
}
