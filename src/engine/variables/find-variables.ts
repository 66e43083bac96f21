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

const variables = /(^|[^\\])(\{\{(?:\{[^{}]*\}|[^{}])*\}\})/g

/** The variables of a text from left to right. Of two that touch, the second is found once the first is replaced. */
export function findVariables(text: string): readonly FoundVariable[] {
  if (!text.includes('{{')) return []
  return [...text.matchAll(variables)].map(({ 1: before = '', 2: variable = '', index }) => ({ text: variable, before, start: index + before.length }))
}

/** The expression inside the braces; `{{- … }}` keeps what it inserts from being scanned again. */
export function readExpression(variable: string): { readonly expression: string; readonly shallow: boolean } {
  const inner = variable.replaceAll('{{', '').replaceAll('}}', '').trim()
  return inner.startsWith('-') ? { expression: inner.slice(1).trim(), shallow: true } : { expression: inner, shallow: false }
}
