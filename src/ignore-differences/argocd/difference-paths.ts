import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { deepEquals } from '../../values/equality.ts'
import { compareText } from '../../values/text-order.ts'

/** Where two values differ: the highest places that only one has, and the deepest ones that both have. Items of lists by their index. */
export function findDifferences(left: JsonValue | undefined, right: JsonValue | undefined): readonly FieldPath[] {
  const found: FieldPath[] = []
  compare(left, right, [], found)
  return found
}

function compare(left: JsonValue | undefined, right: JsonValue | undefined, path: FieldPath, found: FieldPath[]): void {
  if (left === right) return
  if (isJsonObject(left) && isJsonObject(right)) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)])
    for (const key of [...keys].toSorted(compareText)) {
      compare(Object.hasOwn(left, key) ? left[key] : undefined, Object.hasOwn(right, key) ? right[key] : undefined, [...path, key], found)
    }
  } else if (isJsonArray(left) && isJsonArray(right)) {
    const length = Math.max(left.length, right.length)
    for (let index = 0; index < length; index++) compare(left[index], right[index], [...path, index], found)
  } else if (!deepEquals(left, right)) found.push(path)
}
