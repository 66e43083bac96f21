// Kyverno: pkg/engine/context/loaders/variable.go
import { EvaluationError } from '../../../model/errors.ts'
import type { JsonValue } from '../../../model/json.ts'
import { goValueText } from '../../../values/json-text.ts'
import { toFloat64 } from '../../../values/numbers.ts'
import { attempt, prefixErrors, withPrefix } from '../../attempt.ts'
import { compileTemplate, type Template } from '../../variables/template.ts'
import type { LoadingScope } from '../deferred-entry.ts'
import type { EntryCompiler } from './entry-compiler.ts'

/** A value, an expression over it or over the scope, and a default. */
export const variable: EntryCompiler<'variable'> = (entry) => {
  const parts: Parts = {
    name: entry.name,
    ...(entry.value === undefined ? {} : { value: makePart(entry.value) }),
    ...(entry.jmesPath === undefined || entry.jmesPath === '' ? {} : { path: makePart(entry.jmesPath) }),
    ...(entry.default === undefined ? {} : { fallback: makePart(entry.default) }),
  }
  return { name: entry.name, load: (scope) => load(parts, scope) }
}

interface Part {
  readonly written: JsonValue
  readonly template: Template
}

interface Parts {
  readonly name: string
  readonly value?: Part
  readonly path?: Part
  readonly fallback?: Part
}

function makePart(written: JsonValue): Part {
  return { written, template: compileTemplate(toFloat64(written)) }
}

function load(parts: Parts, scope: LoadingScope): JsonValue {
  const path = parts.path === undefined ? undefined : substitutePart(parts, parts.path, scope)
  if (path !== undefined && typeof path !== 'string') throw new EvaluationError('TYPE_MISMATCH', `jmespath value must be a string ${parts.name}`)
  const fallback = parts.fallback === undefined ? null : substitutePart(parts, parts.fallback, scope)
  const output = parts.value === undefined ? queryScope(path, fallback, scope) : applyToValue(parts, path, fallback, scope)
  if (output === null) {
    throw new EvaluationError('UNRESOLVED_VARIABLE', `failed to add context entry for variable ${parts.name} since it evaluated to nil`)
  }
  // Kyverno keeps it as JSON text: every number is a float64 afterwards.
  return toFloat64(output)
}

function substitutePart({ name }: Parts, part: Part, scope: LoadingScope): JsonValue {
  return prefixErrors(() => `failed to substitute variables in context entry ${name} ${goValueText(part.written)}`, () => part.template.evaluate({ scope }))
}

/** A null result of the expression gives way to the default here … */
function queryScope(path: string | undefined, fallback: JsonValue, scope: LoadingScope): JsonValue {
  if (path === undefined) return fallback
  const result = attempt(() => scope.query(path))
  if (!result.error) return result.value ?? fallback
  if (fallback !== null) return fallback
  throw withPrefix(result.error, `failed to apply jmespath ${path} to variable <nil>`)
}

/** … but not where the expression is applied to a given value. */
function applyToValue(parts: Parts, path: string | undefined, fallback: JsonValue, scope: LoadingScope): JsonValue {
  const value = parts.value === undefined ? null : substitutePart(parts, parts.value, scope)
  if (path === undefined) return value
  const result = attempt(() => scope.search(path, value))
  if (!result.error) return result.value
  if (fallback !== null) return fallback
  throw withPrefix(result.error, `failed to apply jmespath ${path} to variable ${parts.name}`)
}
