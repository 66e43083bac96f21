// Go: text/template/funcs.go (eq, lt)
import { compareText } from '../../values/text-order.ts'
import { TemplateError } from './template-error.ts'
import { isList, showValue, typeName, type TemplateValue } from './value.ts'

/** `eq`: the first equals one of the others. Values of different kinds cannot be compared; what is not there only equals what is not there. */
export function equalsAny(first: TemplateValue, others: readonly TemplateValue[]): boolean {
  if (others.length === 0) throw new TemplateError('TEMPLATE_FAILED', 'missing argument for comparison')
  return others.some((other) => equals(first, other))
}

function equals(left: TemplateValue, right: TemplateValue): boolean {
  const [noLeft, noRight] = [left === undefined || left === null, right === undefined || right === null]
  if (noLeft || noRight) return noLeft && noRight
  if (left instanceof Map || right instanceof Map || isList(left) || isList(right)) throw notComparable(left, right)
  if (typeof left !== typeof right) throw new TemplateError('TEMPLATE_FAILED', 'incompatible types for comparison')
  return left === right
}

function notComparable(left: TemplateValue, right: TemplateValue): TemplateError {
  return new TemplateError('TEMPLATE_FAILED', `non-comparable types ${showValue(left)}: ${typeName(left)}, ${typeName(right)}: ${showValue(right)}`)
}

/** `lt`: numbers of one type and texts have an order. */
export function isLess(left: TemplateValue, right: TemplateValue): boolean {
  for (const value of [left, right]) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint' && typeof value !== 'boolean') throw new TemplateError('TEMPLATE_FAILED', 'invalid type for comparison')
  }
  if (typeof left !== typeof right) throw new TemplateError('TEMPLATE_FAILED', 'incompatible types for comparison')
  if (typeof left === 'boolean') throw new TemplateError('TEMPLATE_FAILED', 'invalid type for comparison')
  return typeof left === 'string' ? compareText(left, right as string) < 0 : (left as number) < (right as number)
}
