// Go: strconv.Unquote
import { TemplateError } from './template-error.ts'

const escapes = /\\(?:([abfnrtv\\"'])|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([0-7]{3})|([^]))/g
const simple: Readonly<Record<string, string>> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"', "'": "'" }

/** The text of a quoted string or character of Go. */
export function unquoteGo(quoted: string): string {
  const content = quoted.slice(1, -1)
  if (quoted.startsWith('`')) return content.replaceAll('\r', '')
  return content.replace(escapes, (whole, letter?: string, hex?: string, short?: string, long?: string, octal?: string) => {
    if (letter !== undefined) return simple[letter] as string
    const code = hex ?? short ?? long
    if (code === undefined && octal === undefined) throw new TemplateError('INVALID_TEMPLATE', `unknown escape ${whole}`)
    const point = code === undefined ? Number.parseInt(octal as string, 8) : Number.parseInt(code, 16)
    if (point > 0x10ffff) throw new TemplateError('INVALID_TEMPLATE', `unknown escape ${whole}`)
    return String.fromCodePoint(point)
  })
}
