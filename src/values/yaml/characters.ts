/** Code points with a meaning in YAML's grammar. */
export const chars = {
  end: 0x00, tab: 0x09, lineFeed: 0x0a, carriageReturn: 0x0d, space: 0x20, exclamation: 0x21, doubleQuote: 0x22, hash: 0x23, percent: 0x25,
  ampersand: 0x26, singleQuote: 0x27, asterisk: 0x2a, plus: 0x2b, comma: 0x2c, minus: 0x2d, dot: 0x2e, zero: 0x30, nine: 0x39, colon: 0x3a,
  less: 0x3c, greater: 0x3e, question: 0x3f, at: 0x40, openBracket: 0x5b, backslash: 0x5c, closeBracket: 0x5d, backquote: 0x60,
  openBrace: 0x7b, bar: 0x7c, closeBrace: 0x7d, nextLine: 0x85, lineSeparator: 0x2028, paragraphSeparator: 0x2029,
} as const

/** A space or a tab. */
export function isBlank(code: number): boolean {
  return code === chars.space || code === chars.tab
}

/** A line break of YAML 1.1, which counts three more than YAML 1.2. */
export function isBreak(code: number): boolean {
  return code === chars.lineFeed || code === chars.carriageReturn
    || (code >= chars.nextLine && (code === chars.nextLine || code === chars.lineSeparator || code === chars.paragraphSeparator))
}

/** A line break or the end of the text. */
export function isBreakOrEnd(code: number): boolean {
  return isBreak(code) || code === chars.end
}

/** White space, a line break or the end of the text. */
export function isBlankOrEnd(code: number): boolean {
  return code <= chars.space ? isBlank(code) || isBreakOrEnd(code) : code >= chars.nextLine && isBreak(code)
}

/** Whether the character belongs to an anchor's name or a tag's handle. */
export function isWordCharacter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || isDigit(code) || code === 0x5f || code === chars.minus
}

/** An ASCII digit. */
export function isDigit(code: number): boolean {
  return code >= chars.zero && code <= chars.nine
}

/** Whether the character ends a plain scalar inside `[…]` and `{…}`. */
export function isFlowIndicator(code: number): boolean {
  return code === chars.comma || code === chars.question || code === chars.openBracket || code === chars.closeBracket
    || code === chars.openBrace || code === chars.closeBrace
}

/** Finds what YAML does not allow in a text at all: control characters, halves of surrogate pairs, non-characters. */
export const forbiddenCharacter = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u
