// Counterpart: apimachinery pkg/util/strategicpatch/meta.go, third_party/forked/golang/json/fields.go
import { EvaluationError } from '../../model/errors.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'

/** What Kubernetes says of the merging of one field: the Go tags `patchStrategy` and `patchMergeKey`. */
export interface FieldMetadata {
  /** Of the field's value; of its items where it is a list. */
  readonly schema: SchemaNode
  readonly retainKeys: boolean
  readonly strategy: 'merge' | 'replace' | ''
  /** Empty for lists of scalars. */
  readonly mergeKey: string
}

/** Thrown where the schema lacks the field, or has something else there than an object. */
export function findObjectField(schema: SchemaNode, key: string): FieldMetadata {
  const field = schema.field(key)
  if (field === undefined) throw unmergeable(`unable to find the field "${key}" in ${schema.goType ?? 'the schema'}`)
  return readMetadata(field, field)
}

/** The same for a list. */
export function findListField(schema: SchemaNode, key: string): FieldMetadata {
  const field = schema.field(key)
  const items = field?.items
  if (field === undefined || items === undefined) throw unmergeable(`"${key}" is no list in ${schema.goType ?? 'the schema'}`)
  if (items.type === 'array') throw unmergeable('lists of lists cannot be merged')
  return readMetadata(field, items)
}

function readMetadata(field: SchemaNode, schema: SchemaNode): FieldMetadata {
  const strategies = field.patchStrategies.filter((strategy) => strategy !== 'retainKeys')
  return {
    schema,
    retainKeys: field.patchStrategies.includes('retainKeys'),
    strategy: strategies[0] === 'merge' || strategies[0] === 'replace' ? strategies[0] : '',
    mergeKey: field.patchMergeKey ?? '',
  }
}

/** Go types with a field of the strategy `replace`, here or below. */
const restatingTypes: ReadonlySet<string> = new Set(['policy.v1.PodDisruptionBudget', 'policy.v1.PodDisruptionBudgetSpec'])

/** Whether a patch says something of an object even where nothing changes: what is replaced is always in it. */
export function restates({ goType = '', patchStrategies }: SchemaNode): boolean {
  return patchStrategies.includes('replace') || restatingTypes.has(goType)
}

/** A patch that cannot be made or applied. */
export function unmergeable(message: string): EvaluationError {
  return new EvaluationError('INVALID_PATCH', message)
}
