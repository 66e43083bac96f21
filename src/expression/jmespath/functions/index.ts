import type { FunctionRow } from '../function-row.ts'
import { arithmetic } from './arithmetic.ts'
import { certificates } from './certificates.ts'
import { conversion } from './conversion.ts'
import { formats } from './formats.ts'
import { hash } from './hash.ts'
import { lists } from './lists.ts'
import { numbers } from './numbers.ts'
import { objects } from './objects.ts'
import { random } from './random.ts'
import { regex } from './regex.ts'
import { text } from './text.ts'
import { time } from './time.ts'

/** Every function of the dialect: JMESPath's own (as Kyverno's fork has them) and Kyverno's. One line a family. */
const families: readonly (readonly FunctionRow[])[] = [
  text,
  regex,
  numbers,
  arithmetic,
  lists,
  objects,
  conversion,
  time,
  formats,
  hash,
  certificates,
  random,
]

/** The functions by name. */
export const functions: ReadonlyMap<string, FunctionRow> = new Map(families.flat().map((row) => [row.name, row]))

/** How a function is called and what it gives, on one line: `truncate(string, number) string`. */
export function functionSignature({ name, parameters, variadic, returns }: FunctionRow): string {
  return `${name}(${parameters.join(', ')}${variadic && parameters.length > 0 ? ', …' : ''}) ${returns}`
}
