import { CelSyntaxError } from './syntax-error.ts'

const simple: Readonly<Record<string, number>> = {
  a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92, "'": 39, '"': 34, '`': 96, '?': 63,
}

interface Escape { readonly code: number; readonly length: number; readonly isByte: boolean }

/** Reads the escape after a backslash at `index`. */
function readEscape(text: string, index: number, position: number): Escape {
  const letter = text[index] ?? ''
  const plain = Object.hasOwn(simple, letter) ? simple[letter] : undefined
  if (plain !== undefined) return { code: plain, length: 1, isByte: false }
  if (letter >= '0' && letter <= '3') return readDigits(text, index, { digits: 3, radix: 8, isByte: true, position })
  const digits = { x: 2, X: 2, u: 4, U: 8 }[letter]
  if (digits === undefined) throw new CelSyntaxError('unable to unescape string', position)
  const escape = readDigits(text, index + 1, { digits, radix: 16, isByte: digits === 2, position })
  return { ...escape, length: escape.length + 1 }
}

function readDigits(text: string, start: number, form: { digits: number; radix: number; isByte: boolean; position: number }): Escape {
  const digits = text.slice(start, start + form.digits)
  const pattern = form.radix === 8 ? /^[0-7]+$/ : /^[0-9a-fA-F]+$/
  const code = digits.length === form.digits && pattern.test(digits) ? Number.parseInt(digits, form.radix) : NaN
  const isSurrogate = code >= 0xd800 && code <= 0xdfff
  if (Number.isNaN(code) || code > 0x10ffff || isSurrogate) throw new CelSyntaxError('unable to unescape string', form.position)
  return { code, length: form.digits, isByte: form.isByte }
}

/** The text of a string literal's inside; in a string `\xff` is a code point. */
export function unescapeString(text: string, position: number): string {
  if (!text.includes('\\')) return text
  let result = ''
  for (let index = 0; index < text.length;) {
    if (text[index] !== '\\') { result += text[index++]; continue }
    const escape = readEscape(text, index + 1, position)
    result += String.fromCodePoint(escape.code)
    index += 1 + escape.length
  }
  return result
}

/** The bytes of a bytes literal's inside: `\xff` and octal escapes are bytes, `\u` is not allowed, everything else is UTF-8. */
export function unescapeBytes(text: string, position: number): Uint8Array {
  const encoder = new TextEncoder()
  const bytes: number[] = []
  for (let index = 0; index < text.length;) {
    if (text[index] !== '\\') {
      const character = String.fromCodePoint(text.codePointAt(index) as number)
      bytes.push(...encoder.encode(character))
      index += character.length
      continue
    }
    const escape = readEscape(text, index + 1, position)
    if (!escape.isByte && escape.length > 1) throw new CelSyntaxError('unable to unescape string', position)
    bytes.push(escape.code)
    index += 1 + escape.length
  }
  return Uint8Array.from(bytes)
}
