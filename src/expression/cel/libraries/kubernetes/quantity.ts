// apiserver: pkg/cel/library/quantity.go, pkg/cel/quantity.go
import {
  addQuantities, compareQuantities, formatQuantity, parseQuantity, quantityOf, quantitySign, quantityToFloat, quantityToInt64, subtractQuantities,
  type Quantity as Amount,
} from '../../../../values/quantity.ts'
import { interpretSuffix } from '../../../../values/quantity-suffix.ts'
import { fn, method, type CelLibrary } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import type { CelType } from '../../types/type.ts'
import { CelOpaque, failure, type CelValue } from '../../values/value.ts'

const { bool, double, int, string } = celType
const quantityType: CelType<Quantity> = celType.opaque<Quantity>('kubernetes.Quantity')

/** An amount as in resource requests. */
class Quantity extends CelOpaque {
  readonly type: CelType = quantityType
  readonly amount: Amount

  constructor(amount: Amount) {
    super()
    this.amount = amount
  }

  equals(other: CelValue): boolean {
    if (!(other instanceof Quantity)) throw failure('no such overload')
    return compareQuantities(this.amount, other.amount) === 0
  }

  toJson(): string {
    return formatQuantity(this.amount)
  }
}

function parse(text: string): Quantity {
  const amount = parseQuantity(text)
  if (amount === undefined) throw failure(explain(text))
  return new Quantity(amount)
}

/** What Kubernetes says of a text that is no quantity: its form, its suffix or its number is wrong, in this order. */
function explain(text: string): string {
  const parts = /^[+-]?[0-9]*(?:\.[0-9]*)?([eEinumkKMGTP]*[-+]?[0-9]*)$/.exec(text)
  if (text === '' || parts === null) return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
  return interpretSuffix(parts[1] ?? '') === undefined ? "unable to parse quantity's suffix" : 'unable to parse numeric part of quantity'
}

function toInteger({ amount }: Quantity): bigint {
  const integer = quantityToInt64(amount)
  if (integer === undefined) throw failure('cannot convert value to integer')
  return integer
}

const compare = (a: Quantity, b: Quantity): number => compareQuantities(a.amount, b.amount)
const ofInt = (value: bigint): Amount => quantityOf(value, 'DecimalExponent')

export const quantity: CelLibrary = {
  name: 'quantity',
  summary: "Kubernetes' quantities",
  functions: [
    fn('quantity', [string], quantityType, parse),
    fn('isQuantity', [string], bool, (text) => parseQuantity(text) !== undefined),
    fn('sign', [quantityType], int, ({ amount }) => BigInt(quantitySign(amount))),
    method('isGreaterThan', [quantityType, quantityType], bool, (a, b) => compare(a, b) > 0),
    method('isLessThan', [quantityType, quantityType], bool, (a, b) => compare(a, b) < 0),
    method('compareTo', [quantityType, quantityType], int, (a, b) => BigInt(compare(a, b))),
    method('asApproximateFloat', [quantityType], double, ({ amount }) => quantityToFloat(amount)),
    method('asInteger', [quantityType], int, toInteger),
    method('isInteger', [quantityType], bool, ({ amount }) => quantityToInt64(amount) !== undefined),
    method('add', [quantityType, quantityType], quantityType, (a, b) => new Quantity(addQuantities(a.amount, b.amount))),
    method('add', [quantityType, int], quantityType, (a, b) => new Quantity(addQuantities(a.amount, ofInt(b)))),
    method('sub', [quantityType, quantityType], quantityType, (a, b) => new Quantity(subtractQuantities(a.amount, b.amount))),
    method('sub', [quantityType, int], quantityType, (a, b) => new Quantity(subtractQuantities(a.amount, ofInt(b)))),
  ],
}
