// Counterpart: apimachinery pkg/util/strategicpatch/patch.go (diffLists, getMapAndMergeKeyValueByIndex)
import { isDraft, type DraftValue } from '../../kubernetes/defaults/draft.ts'
import type { SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { findItemType, keyOf } from './list-order.ts'
import { findListField } from './patch-metadata.ts'

/** The same objects are compared again and again, and share most of their parts. */
const mergeable = new WeakSet<object>()

/** Kubernetes goes through what is equal, too: throws INVALID_PATCH where a list that merges by key has an item without its key. The value belongs to nobody who writes to it. */
export function assertMergeable(value: DraftValue, schema: SchemaNode): void {
  if (!isDraft(value) || mergeable.has(value)) return
  for (const key in value) assertFieldMergeable(value[key] as DraftValue, key, schema)
  mergeable.add(value)
}

/** The same for one field of what the schema describes. */
export function assertFieldMergeable(value: DraftValue, key: string, schema: SchemaNode): void {
  const field = schema.field(key)
  if (Array.isArray(value)) assertListMergeable(value, key, schema)
  else if (field !== undefined) assertMergeable(value, field)
}

function assertListMergeable(list: readonly DraftValue[], key: string, holder: SchemaNode): void {
  if (list.length === 0 || mergeable.has(list) || holder.field(key)?.items === undefined) return
  const { strategy, mergeKey, schema } = findListField(holder, key)
  if (strategy === 'merge' && findItemType(list) === 'object') {
    for (const item of list) {
      keyOf(item, mergeKey)
      assertMergeable(item, schema)
    }
  }
  mergeable.add(list)
}
