const astral = /[\u{10000}-\u{10ffff}]/u

/** Says whether code points and UTF-16 units are the same in a text, which allows the fast way. */
export function isBasic(text: string): boolean {
  return !astral.test(text)
}

/** The number of code points: CEL's strings are sequences of them. */
export function codePointCount(text: string): number {
  if (isBasic(text)) return text.length
  let count = 0
  for (const _ of text) count++
  return count
}
