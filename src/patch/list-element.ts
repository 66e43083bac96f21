// Counterpart: kustomize kyaml yaml/fns.go (ElementSetter, ElementMatcher, FieldMatcher)
import { EvaluationError } from '../model/errors.ts'
import { isJsonObject, type JsonValue } from '../model/json.ts'
import { scalarText } from './scalar-text.ts'
import { ownValue } from './set-key.ts'

/** The texts of an item's keys; empty for what is missing, null or empty. */
export function readElementKeys(item: JsonValue, keys: readonly string[]): string[] {
  return keys.map((key) => {
    const value = isJsonObject(item) ? ownValue(item, key) : undefined
    return value === undefined || value === null ? '' : scalarText(value)
  })
}

/** The index of the first item that has these keys; -1 where none has. The key `''` stands for the item itself. */
export function findElement(items: readonly JsonValue[], keys: readonly string[], values: readonly string[]): number {
  if (keys[0] === '') return items.findIndex((item) => scalarText(item) === values[0])
  return items.findIndex((item) => isJsonObject(item) && keys.every((key, index) => {
    const value = ownValue(item, key)
    return value !== undefined && scalarText(value) === values[index]
  }))
}

/**
 * Replaces the items that have these keys, or appends; without an item it deletes them.
 * An empty value matches any, and empty items are dropped on the way, as in kustomize.
 */
export function setElement(items: JsonValue[], keys: readonly string[], values: readonly string[], item: JsonValue | undefined): void {
  const mapsOnly = keys[0] !== '' && values[0] !== undefined && values[0] !== ''
  const fates = items.filter((each) => !isEmpty(each)).map((each) => ({ each, fate: decideFate(each) }))
  const replaced = fates.flatMap(({ each, fate }) => fate === 'keep' ? [each] : fate === 'replace' && item !== undefined ? [item] : [])
  if (item !== undefined && item !== null && !fates.some(({ fate }) => fate === 'replace')) replaced.push(item)
  items.length = 0
  for (const each of replaced) items.push(each)

  function decideFate(each: JsonValue): 'keep' | 'drop' | 'replace' {
    if (mapsOnly && !isJsonObject(each)) return 'keep'
    if (matchesKeys(each, keys, values)) return 'replace'
    return values.length > 0 ? 'keep' : 'drop'
  }
}

function isEmpty(item: JsonValue): boolean {
  return item === null || (isJsonObject(item) && Object.keys(item).length === 0)
}

/** A key beyond the given values counts as what the key before it was. */
function matchesKeys(item: JsonValue, keys: readonly string[], values: readonly string[]): boolean {
  let matched = false
  for (const [index, key] of keys.entries()) {
    const value = values[index]
    if (value !== undefined) matched = matchesKey(item, key, value)
    if (!matched) return false
  }
  return true
}

function matchesKey(item: JsonValue, key: string, text: string): boolean {
  if (key === '') {
    if (typeof item === 'object') throw new EvaluationError('INVALID_PATCH', 'wrong node kind: expected ScalarNode in a list that merges as a set')
    return scalarText(item) === text
  }
  if (!isJsonObject(item)) throw new EvaluationError('INVALID_PATCH', 'wrong node kind: expected MappingNode in a list that merges by key')
  const value = ownValue(item, key)
  return value !== undefined && (text === '' || scalarText(value) === text)
}
