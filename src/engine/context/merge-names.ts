// Kyverno: pkg/engine/context/context.go (AddVariable)
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'

/** Adds names given as dotted paths, map into map, as Kyverno merges variables into its context. */
export function mergeNames(names: Readonly<Record<string, JsonValue>>, values: Readonly<Record<string, JsonValue>>): Readonly<Record<string, JsonValue>> {
  let merged: JsonObject = names
  for (const [path, value] of Object.entries(values)) merged = mergeAt(merged, splitName(path), value)
  return merged
}

/** A name is one row of a CSV with dots: quotes keep a dot. */
function splitName(path: string): readonly string[] {
  const parts = path.match(/"(?:[^"]|"")*"|[^.]+/g) ?? [path]
  return parts.map((part) => (part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part))
}

function mergeAt(object: JsonObject, [key = '', ...rest]: readonly string[], value: JsonValue): JsonObject {
  const existing = Object.hasOwn(object, key) ? object[key] : undefined
  if (rest.length > 0) return replaceKey(object, key, mergeAt(isJsonObject(existing) ? existing : {}, rest, value))
  return replaceKey(object, key, isJsonObject(value) && isJsonObject(existing) ? mergeMaps(existing, value) : value)
}

function mergeMaps(below: JsonObject, above: JsonObject): JsonObject {
  return Object.entries(above).reduce((merged, [key, value]) => mergeAt(merged, [key], value), below)
}

/** A computed key of a literal is always an own property, `__proto__` too. */
function replaceKey(object: JsonObject, key: string, value: JsonValue): JsonObject {
  return { ...object, [key]: value }
}
