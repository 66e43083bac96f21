import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'

/** Whether a value contains a number that JSON cannot hold. */
export function holdsInfinity(value: JsonValue): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  if (isJsonArray(value)) return value.some(holdsInfinity)
  return isJsonObject(value) && Object.values(value).some(holdsInfinity)
}
