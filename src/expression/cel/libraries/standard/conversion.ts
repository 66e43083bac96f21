// cel-go: common/stdlib/standard.go, ConvertToType of common/types/*.go
import { parseDuration } from '../../../../values/duration.ts'
import { goQuote } from '../../../../values/go-quote.ts'
import { formatFloat } from '../../../../values/number-text.ts'
import { parseFloat64, parseInt64 } from '../../../../values/parse-number.ts'
import { parseUint64 } from '../../../../values/semver.ts'
import { celType } from '../../types/cel-type.ts'
import { fn, withCost, type CelOverload } from '../../library.ts'
import { checkedTimestamp, checkedUint, checkedInt, doubleToInt, doubleToUint, floorDivide } from '../../values/integer.ts'
import { runtimeType } from '../../values/runtime-type.ts'
import { formatSeconds, formatTimestamp, looksLikeTimestamp, parseTimestamp } from '../../values/time-text.ts'
import { CelBytes, CelDuration, CelOpaque, CelTypeValue, CelUint, failure, type CelTimestamp, type CelValue } from '../../values/value.ts'
import { traversalCost } from './costs.ts'

const { bool, bytes, double, duration, dyn, int, string, timestamp, uint, type, parameter } = celType
const A = parameter('A')
const second = 1_000_000_000n

function typeOf(value: CelValue): CelTypeValue {
  return value instanceof CelOpaque ? value.toTypeValue() : new CelTypeValue(runtimeType(value))
}

function conversionError(to: string): Error {
  return failure(`type conversion error from 'string' to '${to}'`)
}

function toBool(text: string): boolean {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true
  if (/^(?:0|f|F|FALSE|false|False)$/.test(text)) return false
  throw conversionError('bool')
}

function toInt(text: string): bigint {
  const value = parseInt64(text)
  if (value === undefined) throw conversionError('int')
  return value
}

function toUint(text: string): CelUint {
  const value = parseUint64(text)
  if (value === undefined) throw conversionError('uint')
  return new CelUint(value)
}

function toDouble(text: string): number {
  const value = parseFloat64(text)
  if (value === undefined) throw conversionError('double')
  return value
}

function decodeText({ bytes: encoded }: CelBytes): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(encoded)
  } catch {
    throw failure('invalid UTF-8 in bytes, cannot convert to string')
  }
}

function toDuration(text: string): CelDuration {
  const nanoseconds = parseDuration(text)
  if (nanoseconds === undefined) throw conversionError('google.protobuf.Duration')
  return new CelDuration(nanoseconds)
}

function toTimestamp(text: string): CelTimestamp {
  if (!looksLikeTimestamp(text)) throw failure(`invalid RFC 3339 timestamp ${goQuote(text)}`)
  const parsed = parseTimestamp(text)
  if (parsed === undefined) throw conversionError('google.protobuf.Timestamp')
  return checkedTimestamp(parsed.nanoseconds, parsed.offset)
}

/** Says whether a text is a timestamp that CEL can hold. */
export function isTimestamp(text: string): boolean {
  try {
    toTimestamp(text)
    return true
  } catch {
    return false
  }
}

export const conversion: readonly CelOverload[] = [
  fn('type', [A], type(A), typeOf),
  fn('bool', [bool], bool, (value) => value),
  fn('bool', [string], bool, toBool),
  fn('bytes', [bytes], bytes, (value) => value),
  withCost(traversalCost(0), fn('bytes', [string], bytes, (text) => new CelBytes(new TextEncoder().encode(text)))),
  fn('double', [double], double, (value) => value),
  fn('double', [int], double, (value) => Number(value)),
  fn('double', [string], double, toDouble),
  fn('double', [uint], double, ({ value }) => Number(value)),
  fn('duration', [duration], duration, (value) => value),
  fn('duration', [string], duration, toDuration),
  fn('dyn', [A], dyn, (value) => value),
  fn('int', [int], int, (value) => value),
  fn('int', [double], int, doubleToInt),
  fn('int', [duration], int, ({ nanoseconds }) => nanoseconds),
  fn('int', [string], int, toInt),
  fn('int', [timestamp], int, ({ nanoseconds }) => floorDivide(nanoseconds, second)),
  fn('int', [uint], int, ({ value }) => checkedInt(value)),
  fn('string', [string], string, (value) => value),
  fn('string', [bool], string, String),
  withCost(traversalCost(0), fn('string', [bytes], string, decodeText)),
  fn('string', [double], string, (value) => formatFloat(value, 'g')),
  fn('string', [duration], string, ({ nanoseconds }) => formatSeconds(nanoseconds)),
  fn('string', [int], string, String),
  fn('string', [timestamp], string, ({ nanoseconds, offset }) => formatTimestamp(nanoseconds, offset)),
  fn('string', [uint], string, ({ value }) => String(value)),
  fn('timestamp', [timestamp], timestamp, (value) => value),
  fn('timestamp', [int], timestamp, (value) => checkedTimestamp(value * second)),
  fn('timestamp', [string], timestamp, toTimestamp),
  fn('uint', [uint], uint, (value) => value),
  fn('uint', [double], uint, doubleToUint),
  fn('uint', [int], uint, (value) => checkedUint(value)),
  fn('uint', [string], uint, toUint),
]
