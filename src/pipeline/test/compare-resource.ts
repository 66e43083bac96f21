// Kyverno: cmd/cli/kubectl-kyverno/resource/{compare,labels,tidy}.go, commands/test/compare.go
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { deepEquals } from '../../values/equality.ts'

/** The two objects as they are compared; undefined where they are equal. */
export function findDifference(expected: JsonObject, actual: JsonObject): { readonly expected: JsonObject; readonly actual: JsonObject } | undefined {
  const [wanted, found] = [prepare(expected), prepare(actual)]
  return deepEquals(wanted, found) ? undefined : { expected: wanted, actual: found }
}

/** Labels that Kyverno puts on what it generates do not count, and what is empty is as good as absent. */
function prepare(object: JsonObject): JsonObject {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const labels = isJsonObject(metadata['labels']) ? metadata['labels'] : {}
  const kept = Object.entries(labels).filter(([key]) => !key.startsWith('generate.kyverno.io/'))
  const fixed = { ...object, metadata: { ...metadata, labels: { 'app.kubernetes.io/managed-by': 'kyverno', ...Object.fromEntries(kept) } } }
  return (tidy(fixed) ?? {}) as JsonObject
}

function tidy(value: JsonValue): JsonValue | undefined {
  if (value === null) return undefined
  if (isJsonArray(value)) {
    const items = value.map(tidy).filter((item) => item !== undefined)
    return items.length === 0 ? undefined : items
  }
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).map(([key, field]) => [key, tidy(field)] as const).filter((entry): entry is readonly [string, JsonValue] => entry[1] !== undefined)
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}
