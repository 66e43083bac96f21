// Kyverno: pkg/engine/variables/vars.go (SubstituteAll)
import { EvaluationError } from '../../model/errors.ts'
import type { JsonValue } from '../../model/json.ts'
import { goJsonText } from '../../values/json-text.ts'
import { attempt, withPrefix } from '../attempt.ts'
import { pathOfCurrentElement } from './document-path.ts'
import { findVariables, readExpression, type FoundVariable } from './find-variables.ts'
import { substituteReferences } from './references.ts'
import { walkDocument } from './walk-document.ts'

/** What variables are resolved against. */
export interface VariableScope {
  query(expression: string): JsonValue
  /** On DELETE `request.object` means the old object. */
  readonly isDelete: boolean
}

/** Values may hold variables themselves, even ones that bring themselves back: text that grows without end is stopped here. */
const maximumVariables = 1000
const maximumLength = 1024 * 1024

/** Replaces references, then variables, in every string and key of a document. Nothing is copied that does not change. */
export function substituteAll(document: JsonValue, scope: VariableScope): JsonValue {
  return substituteVariables(substituteReferences(document), scope)
}

/** Replaces the variables alone. */
export function substituteVariables(document: JsonValue, scope: VariableScope): JsonValue {
  return walkDocument(document, '', (text, path) => (text.includes('{{') ? substituteText(text, path, scope) : text))
}

/** The same for a text that is one variable and nothing else, which most are, without looking for it every time. */
export function compileWholeVariable(text: string): ((owner: { readonly scope: VariableScope }) => JsonValue) | undefined {
  const [variable] = findVariables(text)
  const { expression } = readExpression(text)
  if (variable?.text !== text || expression === '@') return undefined
  return ({ scope }) => {
    const value = resolveExpression(expression, '', scope)
    // The walk goes on inside a map or list, whose texts may hold variables themselves.
    return typeof value === 'object' && value !== null ? substituteVariables(value, scope) : value
  }
}

function substituteText(text: string, path: string, scope: VariableScope): JsonValue {
  let value = text
  let variables = findVariables(value)
  for (let resolved = 0; variables.length > 0; resolved += variables.length) {
    const whole = variables.length === 1 && variables[0]?.text === value ? variables[0] : undefined
    if (whole) return resolveVariable(whole, path, scope).value
    if (resolved > maximumVariables || value.length > maximumLength) {
      throw new EvaluationError('LIMIT_EXCEEDED', `variables at path ${path} bring in more variables without end`)
    }
    const next = replaceVariables(value, variables, (variable) => resolveVariable(variable, path, scope))
    value = next.value
    variables = next.isFinal ? [] : findVariables(value)
  }
  return value.replaceAll('\\{{', '{{')
}

/** Puts the values in, from left to right. The last variable decides whether what came in is looked through for more, as in Kyverno. */
function replaceVariables(text: string, variables: readonly FoundVariable[], resolve: (variable: FoundVariable) => Resolved): { readonly value: string; readonly isFinal: boolean } {
  let [value, end, isFinal] = ['', 0, false]
  for (const variable of variables) {
    const resolved = resolve(variable)
    value += text.slice(end, variable.start) + toText(resolved)
    end = variable.start + variable.text.length
    isFinal = resolved.shallow
  }
  return { value: value + text.slice(end), isFinal }
}

interface Resolved {
  readonly value: JsonValue
  readonly shallow: boolean
}

function resolveVariable({ text, before }: FoundVariable, path: string, scope: VariableScope): Resolved {
  if (before > '\u007f') {
    // Kyverno cuts the text by bytes there and then reads half a character as part of the expression.
    throw new EvaluationError('INVALID_EXPRESSION', `failed to resolve ${text} at path ${path}: Kyverno cannot read a variable right after "${before}"; put a space before it`)
  }
  const { expression, shallow } = readExpression(text)
  const meant = expression === '@' ? pathOfCurrentElement(attempt(() => scope.query('target')).error ? 'request.object' : 'target', path) : expression
  return { value: resolveExpression(meant, path, scope), shallow }
}

function resolveExpression(written: string, path: string, scope: VariableScope): JsonValue {
  const expression = scope.isDelete ? written.replaceAll('request.object', 'request.oldObject') : written
  const result = attempt(() => scope.query(expression))
  if (result.error) throw withPrefix(result.error, `failed to resolve ${expression} at path ${path}`)
  return result.value
}

/** Strings go in as they are, everything else as compact JSON. */
function toText({ value, shallow }: Resolved): string {
  const text = typeof value === 'string' ? value : goJsonText(value)
  return shallow && value !== null ? text.replaceAll('{{', '\\{{') : text
}
