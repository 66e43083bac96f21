import { isJsonArray, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { ownValue, withKey } from '../../patch/set-key.ts'
import { findGoType } from './go-types.ts'

/** Another value for a place of an object that holds a scalar. */
export interface ValueChange {
  readonly path: FieldPath
  readonly value: JsonValue
}

/** The scalar, list or object at a place that is there. */
export function valueAt(value: JsonValue, path: FieldPath): JsonValue | undefined {
  let found: JsonValue | undefined = value
  for (const step of path) found = isJsonArray(found) ? found[Number(step)] : typeof found === 'object' && found !== null ? ownValue(found as JsonObject, String(step)) : undefined
  return found
}

/** A copy with the change, which shares all else. */
export function changeValue(object: JsonObject, { path, value }: ValueChange): JsonObject {
  return changeAt(object, path, 0, value) as JsonObject
}

function changeAt(value: JsonValue, path: FieldPath, at: number, replacement: JsonValue): JsonValue {
  const step = path[at]
  if (step === undefined) return replacement
  if (isJsonArray(value)) return value.with(Number(step), changeAt(value[Number(step)] as JsonValue, path, at + 1, replacement))
  return withKey(value as JsonObject, String(step), changeAt((value as JsonObject)[step] as JsonValue, path, at + 1, replacement))
}

const identifying: ReadonlySet<unknown> = new Set(['apiVersion', 'kind', 'metadata'])

/**
 * Whether an object of a built-in kind, read into its Go type and printed again, has the change where the object had it, and is otherwise
 * what it was: one text takes the place of another in a field that holds any text, and tells nothing about the object as a whole.
 */
export function isPrintedAsChanged(object: JsonObject, { path, value }: ValueChange): boolean {
  if (identifying.has(path[0]) || typeof value !== 'string' || value === '') return false
  const before = valueAt(object, path)
  const schema = findSchema(findGoType(object), path)
  return typeof before === 'string' && before !== '' && schema?.type === 'string' && schema.format === undefined
}

function findSchema(root: SchemaNode | undefined, path: FieldPath): SchemaNode | undefined {
  return path.reduce<SchemaNode | undefined>((schema, step) => (typeof step === 'number' ? schema?.items : schema?.child(step)), root)
}
