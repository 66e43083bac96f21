import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { ownValue } from '../../patch/set-key.ts'
import { deepEquals } from '../../values/equality.ts'
import { compareText } from '../../values/text-order.ts'

/** Where two values differ: the highest places that only one has, and the deepest ones that both have. Items of lists by their index. */
export function findDifferences(left: JsonValue | undefined, right: JsonValue | undefined): readonly FieldPath[] {
  const found: FieldPath[] = []
  compare(left, right, [], found)
  // Sorted afterwards: few keys differ, and sorting those of every object takes longer than all else.
  return found.length < 2 ? found : found.toSorted(comparePaths)
}

function compare(left: JsonValue | undefined, right: JsonValue | undefined, path: (string | number)[], found: FieldPath[]): void {
  if (left === right) return
  if (isJsonObject(left) && isJsonObject(right)) {
    compareObjects(left, right, path, found)
  } else if (isJsonArray(left) && isJsonArray(right)) {
    const length = Math.max(left.length, right.length)
    for (let index = 0; index < length; index++) {
      path.push(index)
      compare(left[index], right[index], path, found)
      path.pop()
    }
  } else if (!deepEquals(left, right)) found.push([...path])
}

function compareObjects(left: JsonObject, right: JsonObject, path: (string | number)[], found: FieldPath[]): void {
  for (const key in left) {
    path.push(key)
    compare(left[key], ownValue(right, key), path, found)
    path.pop()
  }
  for (const key in right) if (!Object.hasOwn(left, key)) found.push([...path, key])
}

/** Keys by their text, items by their index. */
function comparePaths(left: FieldPath, right: FieldPath): number {
  const at = left.findIndex((step, index) => step !== right[index])
  const [one, other] = [left[at], right[at]]
  return typeof one === 'number' && typeof other === 'number' ? one - other : compareText(String(one), String(other))
}
