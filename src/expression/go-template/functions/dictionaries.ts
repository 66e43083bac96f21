// Sprig: dict.go; dario.cat/mergo for merges
import { isList, isTrue, sortedEntries, type TemplateMap, type TemplateValue } from '../value.ts'
import { castToText } from './casts.ts'
import { failure } from './failure.ts'
import { fixed, variadic, type TemplateFunction } from './template-function.ts'

const merge = variadic(['map'], 'map', ([target], sources) => { for (const source of sources) mergeMaps(target, source, false); return target })
const mergeOverwrite = variadic(['map'], 'map', ([target], sources) => { for (const source of sources) mergeMaps(target, source, true); return target })
const deepCopy = fixed(['any'], (value) => copy(value))

/** Maps. `set`, `unset` and merges change theirs. */
export const dictionaries: Readonly<Record<string, TemplateFunction>> = {
  dict: variadic([], 'any', (_, values) => new Map(values.flatMap((key, index) => (index % 2 === 0 ? [[castToText(key), index + 1 < values.length ? values[index + 1] : ''] as const] : [])))),
  get: fixed(['map', 'string'], (map, key) => (map.has(key) ? map.get(key) : '')),
  set: fixed(['map', 'string', 'any'], (map, key, value) => map.set(key, value)),
  unset: fixed(['map', 'string'], (map, key) => { map.delete(key); return map }),
  hasKey: fixed(['map', 'string'], (map, key) => map.has(key)),
  pluck: variadic(['string'], 'map', ([key], maps) => maps.filter((map) => map.has(key)).map((map) => map.get(key))),
  // Go's order is random; ours is sorted, so that runs are alike.
  keys: variadic([], 'map', (_, maps) => maps.flatMap((map) => sortedEntries(map).map(([key]) => key))),
  values: fixed(['map'], (map) => sortedEntries(map).map(([, value]) => value)),
  pick: variadic(['map'], 'string', ([map], keys) => new Map([...map].filter(([key]) => keys.includes(key)))),
  omit: variadic(['map'], 'string', ([map], keys) => new Map([...map].filter(([key]) => !keys.includes(key)))),
  dig: variadic([], 'any', (_, values) => dig(values)),
  merge, mustMerge: merge, mergeOverwrite, mustMergeOverwrite: mergeOverwrite, deepCopy, mustDeepCopy: deepCopy,
}

function dig(values: readonly TemplateValue[]): TemplateValue {
  if (values.length < 3) throw failure('dig needs at least three arguments')
  let current: TemplateValue = values.at(-1)
  for (const key of values.slice(0, -2)) {
    if (!(current instanceof Map) || typeof key !== 'string') throw failure('dig takes names, a default and a map')
    if (!current.has(key)) return values.at(-2)
    current = current.get(key)
  }
  return current
}

const maxDepth = 100

/** mergo.Merge: what the target lacks or has empty comes from the source; overwriting, whatever the source has. */
export function mergeMaps(target: TemplateMap, source: TemplateMap, overwrites: boolean, depth = 0): void {
  if (depth > maxDepth) throw failure('maps are nested too deeply to be merged')
  for (const [key, value] of source) {
    const present = target.get(key)
    if (present instanceof Map && value instanceof Map) {
      if (present !== value) mergeMaps(present, value, overwrites, depth + 1)
    } else if (overwrites || !isTrue(present)) target.set(key, value)
  }
}

/** A copy that shares nothing. */
export function copy(value: TemplateValue, depth = 0): TemplateValue {
  if (depth > maxDepth) throw failure('a value is nested too deeply to be copied')
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, copy(item, depth + 1)]))
  return isList(value) ? value.map((item) => copy(item, depth + 1)) : value
}
