// Kyverno: ext/wildcard/match.go (IGLOU-EU/go-wildcard)

const star = 42
const questionMark = 63

/** Tells whether a text matches a pattern as a whole: `*` is any run of characters, `?` is exactly one. Nothing escapes. */
export function matchesWildcard(pattern: string, text: string): boolean {
  if (pattern === '*') return true
  return containsWildcard(pattern) ? matchesGeneric(pattern, text) : pattern === text
}

/** The same, prepared for many texts. */
export function compileWildcard(pattern: string): (text: string) => boolean {
  if (!containsWildcard(pattern)) return (text) => text === pattern
  const inner = pattern.replace(/^\*+/, '').replace(/\*+$/, '')
  if (containsWildcard(inner)) return (text) => matchesGeneric(pattern, text)
  const [open, shut] = [pattern.startsWith('*'), pattern.endsWith('*')]
  if (inner === '') return () => true
  if (open && shut) return (text) => text.includes(inner)
  return open ? (text) => text.endsWith(inner) : (text) => text.startsWith(inner)
}

/** Tells whether a pattern means more than itself. */
export function containsWildcard(pattern: string): boolean {
  return pattern.includes('*') || pattern.includes('?')
}

/**
 * Greedy, going back to the last star only: a star further left never needs another try. Go's original tries them all and is
 * exponential; here the worst case is the product of the two lengths.
 */
function matchesGeneric(pattern: string, text: string): boolean {
  let [p, t] = [0, 0]
  let [lastStar, resume] = [-1, 0]
  while (t < text.length) {
    const wanted = p < pattern.length ? pattern.charCodeAt(p) : -1
    if (wanted === star) {
      lastStar = p++
      if (p === pattern.length) return true
      resume = t
    } else if (wanted === questionMark) {
      p++
      t += runeLength(text, t)
    } else if (wanted === text.charCodeAt(t)) {
      p++
      t++
    } else if (lastStar >= 0) {
      p = lastStar + 1
      resume += runeLength(text, resume)
      t = resume
    } else {
      return false
    }
  }
  while (p < pattern.length && pattern.charCodeAt(p) === star) p++
  return p === pattern.length
}

/** `?` stands for a character, which JavaScript may hold as a pair of code units. */
function runeLength(text: string, index: number): 1 | 2 {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1
}
