// Kyverno: pkg/cel/policies/gpol/template/scanner.go

/** A piece of a text: as it stands, or the expression of a placeholder. */
export interface Segment {
  readonly literal?: string
  readonly expression?: string
}

/** A placeholder that does not end, or a template that cannot be used. */
export class PlaceholderError extends Error {}

/** Takes a text apart at its `(( … ))`; `\((` stands for `((` itself. */
export function scanPlaceholders(text: string): readonly Segment[] {
  const segments: Segment[] = []
  let literal = ''
  let position = 0
  while (position < text.length) {
    if (text.startsWith('\\((', position)) {
      literal += '(('
      position += 3
    } else if (text.startsWith('((', position)) {
      const end = findEnd(text, position)
      if (literal !== '') segments.push({ literal })
      literal = ''
      segments.push({ expression: readExpression(text, position, end) })
      position = end + 2
    } else literal += text[position++] ?? ''
  }
  if (literal !== '') segments.push({ literal })
  return segments
}

/** Whether a text has a placeholder. */
export function containsPlaceholder(text: string): boolean {
  return text.replaceAll('\\((', '').includes('((')
}

function readExpression(text: string, start: number, end: number): string {
  const expression = text.slice(start + 2, end).trim()
  if (expression === '') throw new PlaceholderError(`empty placeholder at offset ${start}`)
  return expression
}

/** Where the `))` is; parentheses and texts of the expression may hold more of them. */
function findEnd(text: string, start: number): number {
  let depth = 0
  for (let index = start + 2; index < text.length; index++) {
    switch (text[index]) {
      case '"': case "'": index = skipText(text, index, start); break
      case '(': depth++; break
      case ')':
        if (depth === 0 && text[index + 1] === ')') return index
        if (depth === 0) throw new PlaceholderError(`unbalanced parenthesis in placeholder starting at offset ${start}`)
        depth--
        break
      default:
    }
  }
  throw new PlaceholderError(`unterminated placeholder starting at offset ${start}: missing closing '))'`)
}

/** Where the text that begins here ends. */
function skipText(text: string, begin: number, start: number): number {
  for (let index = begin + 1; index < text.length; index++) {
    if (text[index] === '\\') index++
    else if (text[index] === text[begin]) return index
  }
  throw new PlaceholderError(`unterminated string literal in placeholder starting at offset ${start}`)
}
