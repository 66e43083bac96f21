// Kyverno: pkg/engine/jmespath/functions.go (jpLookup, jpItems, jpObjectFromLists, jpLabelMatch)

import type { JsonObject, JsonValue } from '../../../model/json.ts'
import { formatFloat } from '../../../values/number-text.ts'
import { sortedKeys } from '../../../values/text-order.ts'
import { failure } from '../failure.ts'
import { define } from '../function-row.ts'
import { isObject, ObjectList, sameValue, typeName } from '../value.ts'

/** Functions between objects and lists. */
export const objects = [
  define({
    name: 'lookup', parameters: ['object|array', 'string|number'], returns: 'any', summary: 'the value of a key of an object, or the item of a list at an index; null if there is none',
    implementation: ([container, key]) => {
      if (container instanceof ObjectList) throw failure('lookup', 'does not take the list that items() makes')
      if (isObject(container)) {
        if (typeof key !== 'string') throw failure('lookup', 'the key of an object must be a string')
        return Object.hasOwn(container, key) ? container[key] as JsonValue : null
      }
      if (typeof key !== 'number' || !Number.isInteger(key) || Math.abs(key) >= 2 ** 63) throw failure('lookup', 'the index of a list must be a whole number')
      return container[key] ?? null
    },
  }),
  define({
    name: 'items', parameters: ['object|array', 'string', 'string'], returns: 'array', summary: 'an object or list as a list of objects that hold key (or index) and value under the given names',
    implementation: ([container, keyName, valueName], run) => {
      if (container instanceof ObjectList) throw failure('items', 'does not take the list that items() makes')
      const entries: [JsonValue, JsonValue][] = isObject(container)
        ? sortedKeys(container).map((key) => [key, container[key] as JsonValue])
        : container.map((value, index) => [index, value])
      run.spend(entries.length)
      return ObjectList.from(entries, ([key, value]) => pair([keyName, key], [valueName, value])) as unknown as JsonValue[]
    },
  }),
  define({
    name: 'object_from_lists', parameters: ['array', 'array'], returns: 'object', summary: 'an object from a list of keys and a list of values; values that are missing are null',
    implementation: ([keys, values], run) => {
      if (keys instanceof ObjectList || values instanceof ObjectList) throw failure('object_from_lists', 'does not take the list that items() makes')
      run.spend(keys.length)
      return Object.fromEntries(keys.map((key, index) => [keyText(key), values[index] ?? null]))
    },
  }),
  define({
    name: 'label_match', parameters: ['object', 'object'], returns: 'boolean', summary: 'tells whether the second object has every label of the first',
    implementation: ([wanted, labels], run) => {
      run.spendOn(wanted)
      return Object.entries(wanted).every(([key, value]) => Object.hasOwn(labels, key) && sameValue(labels[key] as JsonValue, value))
    },
  }),
] as const

/** If both names are the same, the value wins. */
function pair(first: readonly [string, JsonValue], second: readonly [string, JsonValue]): JsonObject {
  return Object.fromEntries([first, second])
}

/** Kyverno prints numbers through a 32-bit float, and takes no int64. */
function keyText(key: JsonValue): string {
  if (typeof key === 'number') return formatFloat(key, 'f', { bits: 32 })
  if (typeof key === 'string' || typeof key === 'boolean') return String(key)
  throw failure('object_from_lists', `a key must be a string, number or boolean, not ${typeName(key)}`)
}
