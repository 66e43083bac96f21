// k8s-manifest-sigstore: pkg/util/mapnode/{node,diff}.go
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../../model/json.ts'
import { deepEquals } from '../../../../values/equality.ts'

/** A field in which an object differs from the manifest that was signed. */
interface Difference {
  /** Keys and indexes joined by dots. */
  readonly key: string
  readonly before: JsonValue
  readonly after: JsonValue
}

/** The differences that count: not in ignored fields, not a namespace that the manifest leaves open, not an image written out in full. */
export function findDifferences(manifest: JsonObject, object: JsonObject, ignored: readonly string[]): readonly Difference[] {
  const [before, after] = [flatten(manifest), flatten(object)]
  const keys = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return keys.map((key) => ({ key, before: before.get(key) ?? null, after: after.get(key) ?? null }))
    .filter((difference) => !isSame(difference) && !ignored.some((field) => coversKey(field, difference.key)))
}

function flatten(value: JsonValue, key = '', found = new Map<string, JsonValue>()): Map<string, JsonValue> {
  const children: readonly (readonly [string | number, JsonValue])[] = isJsonArray(value) ? [...value.entries()] : isJsonObject(value) ? Object.entries(value) : []
  if (children.length === 0) found.set(key, value)
  for (const [part, child] of children) flatten(child, key === '' ? String(part) : `${key}.${part}`, found)
  return found
}

/** What is absent equals what is empty. */
function isSame({ key, before, after }: Difference): boolean {
  if (deepEquals(before, after) || (isEmpty(before) && isEmpty(after))) return true
  if (key === 'metadata.namespace' && before === null) return true
  return key.endsWith('image') && (`docker.io/${String(before)}` === after || `${String(before)}:latest` === after)
}

function isEmpty(value: JsonValue): boolean {
  return value === null || value === '' || value === false || Number(value) === 0 || (typeof value === 'object' && Object.keys(value).length === 0)
}

/**
 * Whether a field covers a key. The library turns the field into a regular expression that is found anywhere in the key: `*` is any text,
 * a dot any character. Found here from left to right, which decides the same without going back.
 */
function coversKey(field: string, key: string): boolean {
  let from = 0
  for (const piece of field.split('*')) {
    const found = findPiece(piece, key, from)
    if (found < 0) return false
    from = found + piece.length
  }
  return true
}

function findPiece(piece: string, key: string, from: number): number {
  for (let start = from; start + piece.length <= key.length; start++) {
    if ([...piece].every((character, index) => character === '.' || character === key[start + index])) return start
  }
  return -1
}
