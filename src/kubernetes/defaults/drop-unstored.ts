import type { SchemaNode } from '../schema/schema-node.ts'
import type { DefaultsContext } from './defaults-context.ts'
import { enabledSince } from './disabled-fields.ts'
import { isDraft, isEmpty, type Draft, type DraftValue } from './draft.ts'

/** Takes out what an API server does not store: fields of features that are off, and lists without items, which its storage format (protobuf) cannot tell from none; no bytes are none, too. Works in place. */
export function dropUnstored(schema: SchemaNode, draft: Draft, context: DefaultsContext): void {
  const disabled = enabledSince.get(schema.goType ?? '')
  for (const key of Object.keys(draft)) {
    const child = schema.child(key)
    if (child === undefined) continue
    const value = draft[key] as DraftValue
    if ((disabled?.get(key) ?? 0) > context.minor || isEmptyList(child, value)) delete draft[key]
    else if (value === null && child.format === 'byte') draft[key] = ''
    else dropBelow(child, value, context)
  }
}

/** Go prints one that is there as `[]`, and one that is not as null. */
function isEmptyList({ emptyField, declaresFields }: SchemaNode, value: DraftValue): boolean {
  return emptyField === 'print' && !declaresFields && typeof value === 'object' && isEmpty(value)
}

function dropBelow(schema: SchemaNode, value: DraftValue, context: DefaultsContext): void {
  if (isDraft(value)) dropUnstored(schema, value, context)
  else if (Array.isArray(value) && schema.items !== undefined) for (const item of value) dropBelow(schema.items, item, context)
}
