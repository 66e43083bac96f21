import { Buffer } from 'node:buffer'
import { toJson } from '../../src/expression/cel/index.ts'
import { ObjectValue } from '../../src/expression/cel/libraries/mutation.ts'
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
  if (value instanceof CelTimestamp) return { $timestamp: formatTimestamp(value.nanoseconds, value.offset) }
  if (value instanceof CelOptional) return value.value === undefined ? { $none: true } : { $optional: toAnswer(value.value) }
  if (value instanceof CelTypeValue) return { $type: formatType(value.represents) }
  if (value instanceof CelMap) return { $map: pairs(value) }
  if (value instanceof CelMessage && !/^(?:Object|JSONPatch)\b/.test(value.type.name)) return namedAnswer(value)
  if (value instanceof CelMessage) return messageAnswer(value)
  if (value instanceof CelOpaque) return opaqueAnswer(value)
  return { $unknown: String(value) }
}

function pairs(map: CelMap): unknown[] {
  return Array.from(map.entries(), ([key, item]) => [toAnswer(key), toAnswer(item)]).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
}

/** The fields of a message. What is inside an object is plain: messages and optionals there are written as what they hold. */
function messageAnswer(message: CelMessage): unknown {
  if (message instanceof ObjectValue) {
    return { $Object: Object.fromEntries(Array.from(message.fields, ([name, value]) => [name, withoutMessages(toAnswer(value))])) }
  }
  const names = Object.keys(toJson(message) as Record<string, JsonValue>)
  const fields = names.map((name) => {
    const value = message.get(name)
    return [name, toAnswer(value === undefined ? message.getDefault(name) : value)]
  })
  return { [`$${message.type.name}`]: Object.fromEntries(fields) }
}

function withoutMessages(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(withoutMessages)
  if (typeof answer !== 'object' || answer === null) return answer
  if ('$Object' in answer) return answer.$Object
  if ('$optional' in answer) return answer.$optional
  return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, withoutMessages(value)]))
}

/** Messages of libraries are Go structs, whose empty ones print as an empty text. */
function namedAnswer(value: CelMessage): unknown {
  const json = toJson(value) as Record<string, JsonValue>
  return { $opaque: { type: formatType(value.type), ...(Object.keys(json).length === 0 ? { string: '' } : { json }) } }
}

function opaqueAnswer(value: CelOpaque): unknown {
  const json = value.toJson()
  return { $opaque: { type: formatType(value.type), ...(typeof json === 'string' ? { string: json } : { json }) } }
}
