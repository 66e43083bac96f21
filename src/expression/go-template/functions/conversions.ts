// Sprig: numeric.go, strings.go, reflect.go
import { parseInt64 } from '../../../values/parse-number.ts'
import { isDeepEqual, isList, kindName, showValue, typeName, type TemplateValue } from '../value.ts'
import { castToFloat, castToInteger, castToText } from './casts.ts'
import { fixed, type TemplateFunction } from './template-function.ts'

/** Types and what they are converted to. */
export const conversions: Readonly<Record<string, TemplateFunction>> = {
  toString: fixed(['any'], castToText),
  toStrings: fixed(['any'], toTexts),
  atoi: fixed(['string'], (text) => parseInt64(text) ?? 0n),
  int: fixed(['any'], castToInteger),
  int64: fixed(['any'], castToInteger),
  float64: fixed(['any'], castToFloat),
  toDecimal: fixed(['any'], (value) => { const text = showValue(value); return /^[0-7]{1,20}$/.test(text) ? BigInt(`0o${text}`) : 0n }),
  typeOf: fixed(['any'], typeName),
  typeIs: fixed(['string', 'any'], (type, value) => typeName(value) === type),
  typeIsLike: fixed(['string', 'any'], (type, value) => typeName(value) === type || typeName(value) === `*${type}`),
  kindOf: fixed(['any'], kindName),
  kindIs: fixed(['string', 'any'], (kind, value) => kindName(value) === kind),
  deepEqual: fixed(['any', 'any'], (left, right) => isDeepEqual(left, right)),
}

/** sprig's strslice: a list of texts without nils; a scalar becomes a list of one. */
export function toTexts(value: TemplateValue): readonly string[] {
  if (value === undefined || value === null) return []
  return isList(value) ? value.filter((item) => item !== undefined && item !== null).map(castToText) : [castToText(value)]
}
