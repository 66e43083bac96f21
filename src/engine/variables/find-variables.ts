// Kyverno: pkg/engine/variables/regex/vars.go

/** A `{{ … }}` in a text, innermost only; what is escaped with a backslash is none. */
export interface FoundVariable {
  /** With its braces. */
  readonly text: string
  /** The character before it; empty at the start of the text. */
  readonly before: string
  /** Where its braces begin. */
  readonly start: number
}

/**
 * The variables of a text from left to right. Of two that touch, the second is found once the first is replaced, because the character
 * before a variable belongs to the match. Written out instead of Kyverno's `(^|[^\\])(\{\{(?:\{[^{}]*\}|[^{}])*\}\})`: texts come from anywhere
 * and may be long, and this needs no memory.
 */
export function findVariables(text: string): readonly FoundVariable[] {
  const found: FoundVariable[] = []
  let lastEnd = -1
  for (let start = text.indexOf('{{'); start >= 0; start = text.indexOf('{{', start + 1)) {
    const before = text[start - 1] ?? ''
    if (before === '\\' || start === lastEnd) continue
    const end = findEnd(text, start + 2)
    if (end < 0) continue
    found.push({ text: text.slice(start, end), before, start })
    lastEnd = end
    start = end - 1
  }
  return found
}

/** Behind the closing braces; negative where other braces come first. One level of single braces may stand inside. */
function findEnd(text: string, from: number): number {
  for (let index = from; index < text.length; index++) {
    if (text[index] === '}') return text[index + 1] === '}' ? index + 2 : -1
    if (text[index] !== '{') continue
    index = findBrace(text, index + 1)
    if (text[index] !== '}') return -1
  }
  return -1
}

function findBrace(text: string, from: number): number {
  let index = from
  while (index < text.length && text[index] !== '{' && text[index] !== '}') index++
  return index
}

/** The expression inside the braces; `{{- … }}` keeps what it inserts from being scanned again. */
export function readExpression(variable: string): { readonly expression: string; readonly shallow: boolean } {
  const inner = variable.replaceAll('{{', '').replaceAll('}}', '').trim()
  return inner.startsWith('-') ? { expression: inner.slice(1).trim(), shallow: true } : { expression: inner, shallow: false }
}
