// cel-go: common/stdlib/standard.go, common/types/overflow.go
import { celType } from '../../types/cel-type.ts'
import { fn, withCost, type CelOverload } from '../../library.ts'
import { checkedDuration, checkedInt, checkedTimestamp, checkedUint } from '../../values/integer.ts'
import { CelBytes, failure } from '../../values/value.ts'
import { traversalCost } from './costs.ts'

const { bytes, double, duration, int, list, string, timestamp, uint, parameter } = celType
const listOfA = list(parameter('A'))

function divisor(value: bigint, operation: 'division' | 'modulus'): bigint {
  if (value === 0n) throw failure(`${operation} by zero`)
  return value
}

function concatBytes(a: CelBytes, b: CelBytes): CelBytes {
  const joined = new Uint8Array(a.bytes.length + b.bytes.length)
  joined.set(a.bytes)
  joined.set(b.bytes, a.bytes.length)
  return new CelBytes(joined)
}

export const arithmetic: readonly CelOverload[] = [
  withCost(traversalCost(0, 1), fn('_+_', [bytes, bytes], bytes, concatBytes)),
  fn('_+_', [double, double], double, (a, b) => a + b),
  fn('_+_', [duration, duration], duration, (a, b) => checkedDuration(a.nanoseconds + b.nanoseconds)),
  fn('_+_', [duration, timestamp], timestamp, (a, b) => checkedTimestamp(a.nanoseconds + b.nanoseconds, b.offset)),
  fn('_+_', [timestamp, duration], timestamp, (a, b) => checkedTimestamp(a.nanoseconds + b.nanoseconds, a.offset)),
  fn('_+_', [int, int], int, (a, b) => checkedInt(a + b)),
  fn('_+_', [listOfA, listOfA], listOfA, (a, b) => (a.length === 0 ? b : b.length === 0 ? a : a.concat(b))),
  withCost(traversalCost(0, 1), fn('_+_', [string, string], string, (a, b) => a + b)),
  fn('_+_', [uint, uint], uint, (a, b) => checkedUint(a.value + b.value)),
  fn('_-_', [double, double], double, (a, b) => a - b),
  fn('_-_', [duration, duration], duration, (a, b) => checkedDuration(a.nanoseconds - b.nanoseconds)),
  fn('_-_', [int, int], int, (a, b) => checkedInt(a - b)),
  fn('_-_', [timestamp, duration], timestamp, (a, b) => checkedTimestamp(a.nanoseconds - b.nanoseconds, a.offset)),
  fn('_-_', [timestamp, timestamp], duration, (a, b) => checkedDuration(a.nanoseconds - b.nanoseconds)),
  fn('_-_', [uint, uint], uint, (a, b) => checkedUint(a.value - b.value)),
  fn('_*_', [double, double], double, (a, b) => a * b),
  fn('_*_', [int, int], int, (a, b) => checkedInt(a * b)),
  fn('_*_', [uint, uint], uint, (a, b) => checkedUint(a.value * b.value)),
  fn('_/_', [double, double], double, (a, b) => a / b),
  fn('_/_', [int, int], int, (a, b) => checkedInt(a / divisor(b, 'division'))),
  fn('_/_', [uint, uint], uint, (a, b) => checkedUint(a.value / divisor(b.value, 'division'))),
  fn('_%_', [int, int], int, (a, b) => modulo(a, b)),
  fn('_%_', [uint, uint], uint, (a, b) => checkedUint(a.value % divisor(b.value, 'modulus'))),
  fn('-_', [double], double, (a) => -a),
  fn('-_', [int], int, (a) => checkedInt(-a)),
  { ...fn('-_', [duration], duration, (a) => checkedDuration(-a.nanoseconds)), isRuntimeOnly: true },
]

/** The smallest int divided by -1 has no result in 64 bits, and Go's CEL says so for the remainder, too. */
function modulo(a: bigint, b: bigint): bigint {
  const remainder = a % divisor(b, 'modulus')
  if (b === -1n) checkedInt(-a)
  return remainder
}
