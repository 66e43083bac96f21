const short: ReadonlyMap<string, string> = new Map([
  ['\x07', '\\a'], ['\b', '\\b'], ['\f', '\\f'], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t'], ['\v', '\\v'], ['"', '\\"'], ['\\', '\\\\'],
])

/** Quotes a text as Go's `%q` (`strconv.Quote`) does: what is not printable becomes an escape. */
export function goQuote(text: string): string {
  return `"${text.replace(/["\\]|[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (rune) => short.get(rune) ?? escape(rune.codePointAt(0) as number))}"`
}

function escape(code: number): string {
  // Half of a surrogate pair cannot be UTF-8; Go holds the replacement character instead.
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd'
  const digits = code.toString(16)
  if (code < 0x80) return `\\x${digits.padStart(2, '0')}`
  return code < 0x10000 ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`
}
