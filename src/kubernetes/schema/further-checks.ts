import { RE2JS } from 're2js'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { describeValue } from './describe-value.ts'
import type { SchemaNode } from './schema-node.ts'

type Accepts = (schema: SchemaNode, value: JsonValue) => boolean

/** What bounds, patterns and combined schemas have against a value. Custom resources have them; built-in kinds do not. */
export function findFurtherViolations(schema: SchemaNode, value: JsonValue, accepts: Accepts): readonly string[] {
  return [...findCombinedViolations(schema, value, accepts), ...findBoundViolations(schema.raw, value)]
}

function findCombinedViolations(schema: SchemaNode, value: JsonValue, accepts: Accepts): readonly string[] {
  const messages: string[] = []
  const { negated } = schema
  const [all, any, one] = [schema.alternatives('allOf'), schema.alternatives('anyOf'), schema.alternatives('oneOf')]
  if (!all.every((part) => accepts(part, value))) messages.push('must satisfy every schema of allOf')
  if (any.length > 0 && !any.some((part) => accepts(part, value))) messages.push(`must satisfy a schema of anyOf${describeChoices(any)}`)
  if (one.length > 0) {
    const count = one.filter((part) => accepts(part, value)).length
    if (count !== 1) messages.push(`must satisfy exactly one schema of oneOf${describeChoices(one)}, not ${count === 0 ? 'none' : count}`)
  }
  if (negated !== undefined && accepts(negated, value)) messages.push('must not satisfy the schema of not')
  return messages
}

/** The usual shape of alternatives is "one of these fields". */
function describeChoices(schemas: readonly SchemaNode[]): string {
  const names = schemas.map(({ required }) => required.join(' and '))
  return names.every((name) => name !== '') ? ` (${names.join(' | ')})` : ''
}

function findBoundViolations(raw: JsonObject, value: JsonValue): readonly string[] {
  if (typeof value === 'string') return findTextViolations(raw, value)
  if (typeof value === 'number' || typeof value === 'bigint') return findNumberViolations(raw, value)
  const messages: string[] = []
  if (isJsonArray(value)) {
    checkSize(messages, value.length, [raw['minItems'], raw['maxItems']], 'items')
    if (raw['uniqueItems'] === true && new Set(value.map((item) => JSON.stringify(item))).size < value.length) messages.push('must not repeat items')
  } else if (isJsonObject(value)) {
    checkSize(messages, Object.keys(value).length, [raw['minProperties'], raw['maxProperties']], 'fields')
  }
  return messages
}

function findTextViolations(raw: JsonObject, value: string): readonly string[] {
  const messages: string[] = []
  const { pattern } = raw
  checkSize(messages, [...value].length, [raw['minLength'], raw['maxLength']], 'characters')
  if (typeof pattern === 'string' && compilePattern(pattern)?.matcher(value).find() === false) messages.push(`must match ${pattern}, and ${describeValue(value)} does not`)
  return messages
}

function findNumberViolations(raw: JsonObject, value: number | bigint): readonly string[] {
  const { minimum, maximum, multipleOf } = raw
  const messages: string[] = []
  if (isNumber(minimum)) {
    const open = raw['exclusiveMinimum'] === true
    if (open ? value <= minimum : value < minimum) messages.push(`must be ${open ? 'more than' : 'at least'} ${minimum}, not ${value}`)
  }
  if (isNumber(maximum)) {
    const open = raw['exclusiveMaximum'] === true
    if (open ? value >= maximum : value > maximum) messages.push(`must be ${open ? 'less than' : 'at most'} ${maximum}, not ${value}`)
  }
  if (isNumber(multipleOf) && !Number.isInteger(Number(value) / Number(multipleOf))) messages.push(`must be a multiple of ${multipleOf}, not ${value}`)
  return messages
}

function checkSize(messages: string[], size: number, [least, most]: readonly (JsonValue | undefined)[], what: string): void {
  if (isNumber(least) && size < least) messages.push(`must have at least ${least} ${what}, not ${size}`)
  if (isNumber(most) && size > most) messages.push(`must have at most ${most} ${what}, not ${size}`)
}

function isNumber(value: JsonValue | undefined): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint'
}

const patterns = new Map<string, RE2JS | null>()

/** Linear-time matching as in Go: a schema from the input must not be able to stop the run. A pattern that is none is not checked, as in the API server. */
function compilePattern(pattern: string): RE2JS | undefined {
  let compiled = patterns.get(pattern)
  if (compiled === undefined) {
    try {
      compiled = RE2JS.compile(pattern)
    } catch {
      compiled = null
    }
    patterns.set(pattern, compiled)
  }
  return compiled ?? undefined
}
