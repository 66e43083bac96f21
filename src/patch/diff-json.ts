import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { JsonPatchOperation } from '../model/result.ts'
import { deepEquals } from '../values/equality.ts'
import { assertDepth } from './depth.ts'

/**
 * The JSON patch that makes `after` of `before`: applied in order it gives exactly `after`.
 * Lists keep what is equal at both ends; items between are changed in place, then added or removed at the end of that stretch.
 */
export function diffJson(before: JsonValue, after: JsonValue): readonly JsonPatchOperation[] {
  const operations: JsonPatchOperation[] = []
  diffValues(before, after, { path: '', depth: 0, operations })
  return operations
}

interface Place {
  readonly path: string
  readonly depth: number
  readonly operations: JsonPatchOperation[]
}

function below(place: Place, key: string | number): Place {
  const part = typeof key === 'number' ? String(key) : key.replaceAll('~', '~0').replaceAll('/', '~1')
  return { path: `${place.path}/${part}`, depth: place.depth + 1, operations: place.operations }
}

function diffValues(before: JsonValue, after: JsonValue, place: Place): void {
  if (before === after) return
  assertDepth(place.depth)
  if (isJsonObject(before) && isJsonObject(after)) diffObjects(before, after, place)
  else if (isJsonArray(before) && isJsonArray(after)) diffLists(before, after, place)
  else if (!deepEquals(before, after)) place.operations.push({ op: 'replace', path: place.path, value: after })
}

function diffObjects(before: JsonObject, after: JsonObject, place: Place): void {
  for (const key in before) {
    if (!Object.hasOwn(after, key)) place.operations.push({ op: 'remove', path: below(place, key).path })
    else if (before[key] !== after[key]) diffValues(before[key] as JsonValue, after[key] as JsonValue, below(place, key))
  }
  for (const key in after) {
    if (!Object.hasOwn(before, key)) place.operations.push({ op: 'add', path: below(place, key).path, value: after[key] as JsonValue })
  }
}

function diffLists(before: readonly JsonValue[], after: readonly JsonValue[], place: Place): void {
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && deepEquals(before[start], after[start])) start++
  let end = 0
  while (end < shorter - start && deepEquals(before[before.length - 1 - end], after[after.length - 1 - end])) end++
  const common = shorter - end
  for (let index = start; index < common; index++) diffValues(before[index] as JsonValue, after[index] as JsonValue, below(place, index))
  for (let index = before.length - end - 1; index >= common; index--) place.operations.push({ op: 'remove', path: below(place, index).path })
  for (let index = common; index < after.length - end; index++) {
    place.operations.push({ op: 'add', path: below(place, index).path, value: after[index] as JsonValue })
  }
}
