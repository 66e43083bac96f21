// Kyverno: pkg/engine/variables/regex/vars.go (RegexReferences, RegexEscpReferences)

/** A `$(…)` in a text; what is escaped with a backslash is none. */
export interface FoundReference {
  readonly text: string
  readonly start: number
}

/**
 * The references of a text: from `$(` to the last `)` before the next space. Like Kyverno's expressions, but in time that grows with the
 * text only, whatever it holds.
 */
export function findReferences(text: string): readonly FoundReference[] {
  const found: FoundReference[] = []
  let lastEnd = -1
  let [runEnd, lastParenthesis] = [-1, -1]
  for (let start = text.indexOf('$('); start >= 0; start = text.indexOf('$(', start + 1)) {
    // The character before belongs to the match, so a reference right behind another is found in no pass at all.
    if (text[start - 1] === '\\' || start === lastEnd) continue
    // Inside the brackets the first character may be anything but a line break, the others anything but a space.
    const inner = start + 3
    if (inner > runEnd) {
      const space = text.indexOf(' ', inner)
      runEnd = space < 0 ? text.length : space
      lastParenthesis = runEnd - 1
      while (lastParenthesis >= inner && text[lastParenthesis] !== ')') lastParenthesis--
    }
    if (lastParenthesis < inner || text[start + 2] === '\n') continue
    found.push({ text: text.slice(start, lastParenthesis + 1), start })
    lastEnd = lastParenthesis + 1
    start = lastParenthesis
  }
  return found
}

/** Takes the backslash away from escaped references, up to the first `)` and without a space before it. */
export function unescapeReferences(text: string): string {
  if (!text.includes('\\$(')) return text
  let [result, end, stop] = ['', 0, -1]
  for (let start = text.indexOf('\\$('); start >= 0; start = text.indexOf('\\$(', start + 1)) {
    const inner = start + 4
    if (inner > stop) {
      stop = inner
      while (stop < text.length && text[stop] !== ' ' && text[stop] !== ')') stop++
    }
    if (text[stop] !== ')') continue
    result += text.slice(end, start)
    end = start + 1
    start = stop
  }
  return result + text.slice(end)
}
