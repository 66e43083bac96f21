import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
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
    for (const key in left) compareAt(key, [left[key], Object.hasOwn(right, key) ? right[key] : undefined], path, found)
    for (const key in right) if (!Object.hasOwn(left, key)) compareAt(key, [undefined, right[key]], path, found)
  } else if (isJsonArray(left) && isJsonArray(right)) {
    const length = Math.max(left.length, right.length)
    for (let index = 0; index < length; index++) compareAt(index, [left[index], right[index]], path, found)
  } else if (!deepEquals(left, right)) found.push([...path])
}

function compareAt(step: string | number, [left, right]: readonly [JsonValue | undefined, JsonValue | undefined], path: (string | number)[], found: FieldPath[]): void {
  path.push(step)
  compare(left, right, path, found)
  path.pop()
}

/** Keys by their text, items by their index. */
function comparePaths(left: FieldPath, right: FieldPath): number {
  const at = left.findIndex((step, index) => step !== right[index])
  const [one, other] = [left[at], right[at]]
  return typeof one === 'number' && typeof other === 'number' ? one - other : compareText(String(one), String(other))
}
