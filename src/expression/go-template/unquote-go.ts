// Go: strconv.Unquote
import { TemplateError } from './template-error.ts'

const escapes = /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|[0-7]{3}|[^])/g
const simple: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"', "'": "'" }

/** The text of a quoted string or character of Go. */
export function unquoteGo(quoted: string): string {
  const content = quoted.slice(1, -1)
  if (quoted.startsWith('`')) return content.replaceAll('\r', '')
  return content.replace(escapes, readEscape)
}

function readEscape(escape: string): string {
  const letter = escape.slice(1)
  if (Object.hasOwn(simple, letter)) return simple[letter] as string
  const code = /^[xuU]./.test(letter) ? Number.parseInt(letter.slice(1), 16) : /^[0-7]{3}$/.test(letter) ? Number.parseInt(letter, 8) : Number.NaN
  if (Number.isNaN(code) || code > 0x10ffff) throw new TemplateError('INVALID_TEMPLATE', `unknown escape ${escape}`)
  return String.fromCodePoint(code)
}
