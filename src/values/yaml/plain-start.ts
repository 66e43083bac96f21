import { chars, isBlank, isBlankOrEnd } from './characters.ts'

/** Why a character starts no token. */
export function cannotStart(code: number): string {
  if (code === chars.tab) return 'a tab cannot indent: use spaces'
  return `a value cannot start with ${JSON.stringify(String.fromCharCode(code))}: it needs quotes`
}

const neverStarts: ReadonlySet<number> = new Set([
  chars.comma, chars.openBracket, chars.closeBracket, chars.openBrace, chars.closeBrace, chars.hash, chars.ampersand, chars.asterisk,
  chars.exclamation, chars.bar, chars.greater, chars.singleQuote, chars.doubleQuote, chars.percent, chars.at, chars.backquote,
])

/** Whether a text without quotes may start with a character. */
export function startsPlainScalar(code: number, next: number, inFlow: boolean): boolean {
  if (code > chars.backquote && code < chars.openBrace) return true
  if (code === chars.minus) return !isBlank(next)
  if (code === chars.question || code === chars.colon) return !inFlow && !isBlankOrEnd(next)
  return !isBlankOrEnd(code) && !neverStarts.has(code)
}
