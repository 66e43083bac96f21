import type { SchemaNode } from '../schema/schema-node.ts'
import { zeroValue } from './decode-object.ts'
import { isDraft, isEmpty, put, type Draft, type DraftValue } from './draft.ts'

interface EmptyFieldRule {
  readonly name: string
  readonly schema: SchemaNode
  readonly rule: 'omit' | 'print' | 'null'
}

const rules = new WeakMap<SchemaNode, readonly EmptyFieldRule[]>()

/** The fields whose emptiness Go's encoder treats in a way of its own. */
export function emptyFieldRules(schema: SchemaNode): readonly EmptyFieldRule[] {
  const known = rules.get(schema)
  if (known !== undefined) return known
  const found = schema.fieldNames.flatMap((name) => {
    const field = schema.field(name)
    return field?.emptyField === undefined ? [] : [{ name, schema: field, rule: field.emptyField }]
  })
  rules.set(schema, found)
  return found
}

const printed = new WeakMap<SchemaNode, readonly EmptyFieldRule[]>()

/** The few of them that are printed although nothing is there. */
function printedFields(schema: SchemaNode): readonly EmptyFieldRule[] {
  let fields = printed.get(schema)
  if (fields === undefined) printed.set(schema, fields = emptyFieldRules(schema).filter(({ rule }) => rule !== 'omit'))
  return fields
}

/** Prints an object of a built-in kind as Go's encoder does: what is empty is left out or printed as its type says. Works in place. */
export function encodeObject(schema: SchemaNode, draft: Draft): Draft {
  for (const key in draft) {
    const field = schema.field(key)
    const child = field ?? schema.additional
    if (child !== undefined) encode(child, draft[key] as DraftValue)
    if (field?.emptyField === 'omit' && isEmpty(draft[key])) delete draft[key]
  }
  for (const { name, schema: field, rule } of printedFields(schema)) {
    if (!Object.hasOwn(draft, name)) put(draft, name, rule === 'null' ? null : printedZero(field))
  }
  return draft
}

function encode(schema: SchemaNode, value: DraftValue): void {
  if (isDraft(value)) encodeObject(schema, value)
  else if (Array.isArray(value) && schema.items !== undefined) for (const item of value) encode(schema.items, item)
}

function printedZero(schema: SchemaNode): DraftValue {
  const zero = zeroValue(schema)
  return isDraft(zero) ? encodeObject(schema, zero) : zero
}
