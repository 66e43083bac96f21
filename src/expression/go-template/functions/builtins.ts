// Go: text/template/funcs.go
import { equalsAny, isLess } from '../compare.ts'
import { sprintf } from '../sprintf.ts'
import { isList, isTrue, showValue, typeName, type TemplateValue } from '../value.ts'
import { failure } from './failure.ts'
import { fixed, variadic, type TemplateFunction } from './template-function.ts'

const htmlEscapes: Readonly<Record<string, string>> = { '"': '&#34;', "'": '&#39;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '\0': '\ufffd' }
const scriptEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', "'": "\\'", '"': '\\"', '<': '\\u003C', '>': '\\u003E', '&': '\\u0026', '=': '\\u003D' }

/** text/template's own functions; `slice` is sprig's. */
export const builtins: Readonly<Record<string, TemplateFunction>> = {
  // The evaluator knows these two, which do not always look at all arguments.
  and: variadic(['any'], 'any', ([first], rest) => rest.at(-1) ?? first),
  or: variadic(['any'], 'any', ([first], rest) => rest.at(-1) ?? first),
  not: fixed(['any'], (value) => !isTrue(value)),
  eq: variadic(['any'], 'any', ([first], rest) => equalsAny(first, rest)),
  ne: fixed(['any', 'any'], (left, right) => !equalsAny(left, [right])),
  lt: fixed(['any', 'any'], isLess),
  le: fixed(['any', 'any'], (left, right) => isLess(left, right) || equalsAny(left, [right])),
  gt: fixed(['any', 'any'], (left, right) => !(isLess(left, right) || equalsAny(left, [right]))),
  ge: fixed(['any', 'any'], (left, right) => !isLess(left, right)),
  len: fixed(['any'], length),
  index: variadic(['any'], 'any', ([item], indexes) => indexes.reduce(indexInto, item)),
  print: variadic([], 'any', (_, values) => print(values)),
  println: variadic([], 'any', (_, values) => `${values.map((value) => showValue(value)).join(' ')}\n`),
  printf: variadic(['string'], 'any', ([format], values) => sprintf(format, values)),
  html: variadic([], 'any', (_, values) => print(values).replace(/["'&<>\0]/g, (character) => htmlEscapes[character] as string)),
  js: variadic([], 'any', (_, values) => print(values).replace(/[\\'"<>&=]|[^\P{Cc}]/gu, (character) => scriptEscapes[character] ?? `\\u${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`)),
  urlquery: variadic([], 'any', (_, values) => encodeURIComponent(print(values)).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%20', '+')),
  call: variadic(['any'], 'any', ([callee]) => { throw failure(`non-function ${showValue(callee)} of type ${typeName(callee)}`) }),
}

/** fmt.Sprint: a space between operands of which neither is a text. */
function print(values: readonly TemplateValue[]): string {
  return values.map((value, index) => (index > 0 && typeof value !== 'string' && typeof values[index - 1] !== 'string' ? ' ' : '') + showValue(value)).join('')
}

function length(value: TemplateValue): bigint {
  if (typeof value === 'string') return BigInt(Buffer.byteLength(value))
  if (value instanceof Map) return BigInt(value.size)
  if (isList(value)) return BigInt(value.length)
  throw failure(value === undefined || value === null ? 'len of nil pointer' : `len of type ${typeName(value)}`)
}

function indexInto(item: TemplateValue, index: TemplateValue): TemplateValue {
  if (item === undefined || item === null) throw failure('index of untyped nil')
  if (item instanceof Map) {
    if (typeof index === 'string') return item.get(index)
    throw failure(index === undefined || index === null ? 'value is nil; should be of type string' : `value has type ${typeName(index)}; should be string`)
  }
  if (isList(item)) return item[positionIn(item, index)]
  if (typeof item !== 'string') throw failure(`can't index item of type ${typeName(item)}`)
  const bytes = Buffer.from(item)
  return BigInt(bytes[positionIn(bytes, index)] as number)
}

function positionIn({ length: size }: { readonly length: number }, index: TemplateValue): number {
  if (typeof index !== 'bigint') throw failure(`cannot index slice/array with type ${typeName(index)}`)
  if (index < 0n || index >= BigInt(size)) throw failure(`index out of range: ${index} (of ${size})`)
  return Number(index)
}
