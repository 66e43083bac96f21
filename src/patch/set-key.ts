import type { JsonObject, JsonValue } from '../model/json.ts'

/** Sets a key of an object under construction. A key `__proto__` becomes an ordinary key; plain assignment would set the prototype. */
export function setKey(object: Record<string, JsonValue>, key: string, value: JsonValue): void {
  if (key === '__proto__') Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
  else object[key] = value
}

/** The value of an object's own key; undefined where there is none, also for names that every object inherits. */
export function ownValue(object: JsonObject, key: string): JsonValue | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined
}

/** A copy of an object with one key set. */
export function withKey(object: JsonObject, key: string, value: JsonValue): JsonObject {
  const copy = { ...object } as Record<string, JsonValue>
  setKey(copy, key, value)
  return copy
}

/** A copy of an object without one key; the object itself where it lacks the key. */
export function withoutKey(object: JsonObject, key: string): JsonObject {
  if (!Object.hasOwn(object, key)) return object
  // Not a copy that a key is deleted from: V8 makes a slow hash table of such an object.
  const rest: Record<string, JsonValue> = {}
  for (const other in object) if (other !== key) setKey(rest, other, object[other] as JsonValue)
  return rest
}
