// cel-go: ext/math.go
import { fn, withCost, type CelLibrary, type CelOverload } from '../library.ts'
import type { CelNode } from '../syntax/ast.ts'
import type { CelMacro, MacroCall } from '../syntax/macro.ts'
import { CelSyntaxError } from '../syntax/syntax-error.ts'
import { celType } from '../types/cel-type.ts'
import type { CelType } from '../types/type.ts'
import { checkedInt } from '../values/integer.ts'
import { compareValues } from '../values/order.ts'
import { CelUint, failure, type CelValue } from '../values/value.ts'
import { sizeOf } from './standard/costs.ts'

const { bool, double, dyn, int, list, uint } = celType
const numbers: readonly CelType<CelValue>[] = [double, int, uint]

/** The function that a macro's calls become, with its extremes: `math.least` is `math.@min`. */
function extreme(name: string, isBetter: (order: number) => boolean): CelOverload[] {
  const pick = (a: CelValue, b: CelValue): CelValue => {
    if (Number.isNaN(a) || Number.isNaN(b)) throw failure(`NaN values cannot be ordered: ${name}`)
    const order = compareValues(a, b)
    if (order === undefined) throw failure(`no such overload: ${name}`)
    return isBetter(order) ? b : a
  }
  const ofList = (items: readonly CelValue[]): CelValue => {
    if (items.length === 0) throw failure(`${name}(list) argument must not be empty`)
    const best = items.reduce(pick)
    if (typeof best !== 'bigint' && typeof best !== 'number' && !(best instanceof CelUint)) throw failure(`no such overload: ${name}`)
    return best
  }
  return [
    ...numbers.map((type) => fn(name, [type], type, (value) => value)),
    ...numbers.flatMap((first) => numbers.map((second) => fn(name, [first, second], first === second ? first : dyn, pick))),
    ...numbers.map((type) => withCost((args) => 1 + sizeOf(args[0]), fn(name, [list(type)], type, ofList))),
  ]
}

function isNumeric(node: CelNode): boolean {
  if (node.kind === 'literal') return typeof node.value === 'bigint' || typeof node.value === 'number' || node.value instanceof CelUint
  return node.kind !== 'list' && node.kind !== 'map' && node.kind !== 'struct'
}

function listOf(nodes: readonly CelNode[], position: number): CelNode {
  return { kind: 'list', elements: nodes.map((value) => ({ value, optional: false })), position }
}

function isNumericList(node: CelNode): boolean {
  return node.kind === 'list' && node.elements.length > 0 && node.elements.every(({ value }) => isNumeric(value))
}

/** `math.least(…)` and `math.greatest(…)` take any number of arguments. */
function extremeMacro(name: 'least' | 'greatest', becomes: string): CelMacro {
  const expand = ({ target, args, position }: MacroCall): CelNode | undefined => {
    if (target?.kind !== 'ident' || target.name !== 'math') return undefined
    const [first] = args
    if (first === undefined) throw new CelSyntaxError(`math.${name}() requires at least one argument`, target.position)
    if (args.length === 1 && !isNumericList(first) && !isNumeric(first)) throw new CelSyntaxError(`math.${name}() invalid single argument value`, first.position)
    const wrong = args.length === 1 ? undefined : args.find((arg) => !isNumeric(arg))
    if (wrong !== undefined) throw new CelSyntaxError(`math.${name}() simple literal arguments must be numeric`, wrong.position)
    return { kind: 'call', name: becomes, args: args.length < 3 ? args : [listOf(args, position)], position }
  }
  return { name, isReceiver: true, argumentCount: 'any', expand }
}

/** Go rounds halves away from zero, JavaScript upwards. */
export function roundHalfAway(value: number): number {
  const whole = Math.trunc(value)
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole
}

function shift(name: string, bits: bigint, move: (bits: bigint) => bigint): bigint {
  if (bits < 0n) throw failure(`math.${name}() negative offset: ${bits}`)
  return bits >= 64n ? 0n : move(bits)
}

const asInt = (value: bigint): bigint => BigInt.asIntN(64, value)
const asUint = (value: bigint): CelUint => new CelUint(BigInt.asUintN(64, value))

const bits: readonly CelOverload[] = [
  fn('math.bitAnd', [int, int], int, (a, b) => a & b),
  fn('math.bitAnd', [uint, uint], uint, (a, b) => asUint(a.value & b.value)),
  fn('math.bitOr', [int, int], int, (a, b) => a | b),
  fn('math.bitOr', [uint, uint], uint, (a, b) => asUint(a.value | b.value)),
  fn('math.bitXor', [int, int], int, (a, b) => a ^ b),
  fn('math.bitXor', [uint, uint], uint, (a, b) => asUint(a.value ^ b.value)),
  fn('math.bitNot', [int], int, (value) => ~value),
  fn('math.bitNot', [uint], uint, ({ value }) => asUint(~value)),
  fn('math.bitShiftLeft', [int, int], int, (value, by) => asInt(shift('bitShiftLeft', by, (count) => value << count))),
  fn('math.bitShiftLeft', [uint, int], uint, ({ value }, by) => asUint(shift('bitShiftLeft', by, (count) => value << count))),
  // Shifts in zeros for negative numbers, too.
  fn('math.bitShiftRight', [int, int], int, (value, by) => asInt(shift('bitShiftRight', by, (count) => BigInt.asUintN(64, value) >> count))),
  fn('math.bitShiftRight', [uint, int], uint, ({ value }, by) => asUint(shift('bitShiftRight', by, (count) => value >> count))),
]

const signOf = (value: bigint): bigint => (value > 0n ? 1n : value < 0n ? -1n : 0n)

/** Functions on numbers. */
export const math: CelLibrary = {
  name: 'math',
  summary: 'Extremes, rounding, signs, roots and bits of numbers',
  functions: [
    ...extreme('math.@min', (order) => order > 0),
    ...extreme('math.@max', (order) => order < 0),
    fn('math.ceil', [double], double, Math.ceil),
    fn('math.floor', [double], double, Math.floor),
    fn('math.round', [double], double, (value) => (Number.isFinite(value) ? roundHalfAway(value) : value)),
    fn('math.trunc', [double], double, Math.trunc),
    fn('math.isInf', [double], bool, (value) => Math.abs(value) === Infinity),
    fn('math.isNaN', [double], bool, (value) => Number.isNaN(value)),
    fn('math.isFinite', [double], bool, (value) => Number.isFinite(value)),
    fn('math.abs', [double], double, Math.abs),
    fn('math.abs', [int], int, (value) => checkedInt(value < 0n ? -value : value)),
    fn('math.abs', [uint], uint, (value) => value),
    fn('math.sign', [double], double, (value) => Math.sign(value) + 0),
    fn('math.sign', [int], int, signOf),
    fn('math.sign', [uint], uint, ({ value }) => new CelUint(signOf(value))),
    ...bits,
    fn('math.sqrt', [double], double, Math.sqrt),
    fn('math.sqrt', [int], double, (value) => Math.sqrt(Number(value))),
    fn('math.sqrt', [uint], double, ({ value }) => Math.sqrt(Number(value))),
  ],
  macros: [extremeMacro('least', 'math.@min'), extremeMacro('greatest', 'math.@max')],
}
