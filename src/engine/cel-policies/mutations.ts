// apiserver: pkg/admission/plugin/policy/mutating/patch/{json_patch,smd}.go; Kyverno: pkg/cel/policies/mpol/compiler/{json,applyconfig}.go
import { checkObjectTypes, isList, JsonPatchValue, ObjectValue, toJson, type CelValue } from '../../expression/cel/index.ts'
import { mergeApplyConfiguration } from '../../kubernetes/schema/merge-apply-configuration.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import type { CelMutation } from '../../model/cel-policy.ts'
import { EvaluationError } from '../../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { applyJsonPatch } from '../../patch/json-patch.ts'
import { deepEquals } from '../../values/equality.ts'
import { toPlain } from '../../values/numbers.ts'
import { prefixErrors } from '../attempt.ts'

/** What a mutation is applied with. */
export interface MutationOptions {
  /** The schema of the object's kind; undefined where nobody knows it. */
  readonly schema: SchemaNode | undefined
  /** Lists and maps that are one value may be written. */
  readonly allowAtomic: boolean
}

/** What the value of a mutation's expression makes of an object; the same object where nothing changes. */
export function applyMutation(patchType: CelMutation['patchType'], value: CelValue, object: JsonObject, options: MutationOptions): JsonObject {
  const after = patchType === 'JSONPatch' ? applyOperations(value, object) : applyConfiguration(value, object, options)
  return deepEquals(after, object) ? object : after
}

function applyOperations(value: CelValue, object: JsonObject): JsonObject {
  if (!isList(value)) throw mismatch('JSONPatchType.expression should evaluate to array')
  const operations = value.map((operation): JsonValue => {
    if (!(operation instanceof JsonPatchValue)) throw mismatch('JSONPatchType.expression should evaluate to array of JSONPatch')
    if (operation.value instanceof ObjectValue) checkTypes(operation.value)
    return toPlain(toJson(operation))
  })
  const patched = prefixErrors('JSON Patch', () => applyJsonPatch(object, operations, strict))
  if (!isJsonObject(patched)) throw new EvaluationError('INVALID_PATCH', 'JSON Patch: the result is no object')
  return patched
}

const strict = { allowMissingPathOnRemove: false, ensurePathExistsOnAdd: false, keepsDocumentOnFailedTest: true, wordsOf4: true }

function applyConfiguration(value: CelValue, object: JsonObject, { schema, allowAtomic }: MutationOptions): JsonObject {
  if (!(value instanceof ObjectValue)) throw mismatch('unsupported return type from ApplyConfiguration expression')
  checkTypes(value)
  if (schema === undefined) throw new EvaluationError('INVALID_PATCH', 'error applying patch: type converter must not be nil: the schema of this kind is not known')
  const { apiVersion, kind } = object as { apiVersion?: JsonValue; kind?: JsonValue }
  const patch = { ...toPlain(toJson(value)) as JsonObject, ...(apiVersion === undefined ? {} : { apiVersion }), ...(kind === undefined ? {} : { kind }) }
  return prefixErrors('error applying patch', () => mergeApplyConfiguration(schema, object, patch, { allowAtomic }))
}

/** `Object.spec{…}` belongs into the field spec; into no other. */
function checkTypes(value: ObjectValue): void {
  const found = checkObjectTypes(value)
  if (found.length > 0) throw mismatch(found.join('\n'))
}

function mismatch(message: string): EvaluationError {
  return new EvaluationError('TYPE_MISMATCH', `type mismatch: ${message}`)
}
