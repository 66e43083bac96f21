import { Buffer } from 'node:buffer'
import { toJson } from '../../src/expression/cel/index.ts'
import { formatType } from '../../src/expression/cel/types/type.ts'
import { CelMap } from '../../src/expression/cel/values/map.ts'
import { formatSeconds, formatTimestamp } from '../../src/expression/cel/values/time-text.ts'
import {
  CelBytes, CelDuration, CelMessage, CelOpaque, CelOptional, CelTimestamp, CelTypeValue, CelUint, isList, isPlainMap, type CelValue,
} from '../../src/expression/cel/values/value.ts'
import type { JsonValue } from '../../src/model/json.ts'

/** A value in the form of the recorded answers (corpus/vectors/README-cel-argo-yaml.md). */
export function toAnswer(value: CelValue): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'bigint') return { $int: String(value) }
  if (typeof value === 'number') return { $double: doubleAnswer(value) }
  if (isList(value)) return value.map(toAnswer)
  if (isPlainMap(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toAnswer(item)]))
  return boxedAnswer(value)
}

function doubleAnswer(value: number): unknown {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity'
  return Object.is(value, -0) ? '-0' : value
}

function boxedAnswer(value: CelValue): unknown {
  if (value instanceof CelUint) return { $uint: String(value.value) }
  if (value instanceof CelBytes) return { $bytes: Buffer.from(value.bytes).toString('base64') }
  if (value instanceof CelDuration) return { $duration: formatSeconds(value.nanoseconds) }
  if (value instanceof CelTimestamp) return { $timestamp: formatTimestamp(value.nanoseconds) }
  if (value instanceof CelOptional) return value.value === undefined ? { $none: true } : { $optional: toAnswer(value.value) }
  if (value instanceof CelTypeValue) return { $type: formatType(value.represents) }
  if (value instanceof CelMap) return { $map: pairs(value) }
  if (value instanceof CelMessage) return { [value.type.name === 'JSONPatch' ? '$JSONPatch' : '$Object']: messageFields(value) }
  if (value instanceof CelOpaque) return opaqueAnswer(value)
  return { $unknown: String(value) }
}

function pairs(map: CelMap): unknown[] {
  return Array.from(map.entries(), ([key, item]) => [toAnswer(key), toAnswer(item)]).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

/** Fields of `Object{…}` and `JSONPatch{…}` are values of their own; a message says which it has by its JSON form. */
function messageFields(message: CelMessage): unknown {
  const names = Object.keys(toJson(message) as Record<string, JsonValue>)
  return Object.fromEntries(names.map((name) => [name, toAnswer(message.get(name) ?? null)]))
}

function opaqueAnswer(value: CelOpaque): unknown {
  const json = value.toJson()
  return { $opaque: { type: formatType(value.type), ...(typeof json === 'string' ? { string: json } : { json }) } }
}
