import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'

/** A JSON object that is still being filled in: a private copy, never part of an input. */
export interface Draft {
  [key: string]: DraftValue
}
export type DraftValue = null | boolean | number | bigint | string | DraftValue[] | Draft

/** Copies a value so that it can be written to. */
export function toDraft(value: JsonValue): DraftValue {
  if (isJsonArray(value)) return value.map(toDraft)
  if (!isJsonObject(value)) return value
  const draft: Draft = {}
  for (const key in value) put(draft, key, toDraft(value[key] as JsonValue))
  return draft
}

/** Writes a field; `__proto__` is a name like any other. */
export function put(draft: Draft, key: string, value: DraftValue): void {
  if (key === '__proto__') Object.defineProperty(draft, key, { value, writable: true, enumerable: true, configurable: true })
  else draft[key] = value
}

export function isDraft(value: DraftValue | undefined): value is Draft {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The object in a field, where there is one. */
export function objectAt(draft: Draft | undefined, key: string): Draft | undefined {
  const value = draft !== undefined && Object.hasOwn(draft, key) ? draft[key] : undefined
  return isDraft(value) ? value : undefined
}

/** The object in a field, made where there is none. */
export function ensureObject(draft: Draft, key: string): Draft {
  const known = objectAt(draft, key)
  if (known !== undefined) return known
  const made: Draft = {}
  put(draft, key, made)
  return made
}

/** The objects of a list in a field. */
export function objectsAt(draft: Draft | undefined, key: string): Draft[] {
  const value = draft !== undefined && Object.hasOwn(draft, key) ? draft[key] : undefined
  return Array.isArray(value) ? value.filter(isDraft) : []
}

/** The text in a field; empty where there is none. */
export function textAt(draft: Draft | undefined, key: string): string {
  const value = draft !== undefined && Object.hasOwn(draft, key) ? draft[key] : undefined
  return typeof value === 'string' ? value : ''
}

/** Whether Go would see a field that is no pointer as empty. */
export function isZero(value: DraftValue | undefined): boolean {
  return value === undefined || value === null || value === '' || value === 0 || value === 0n || value === false
}

/** Whether Go's `omitempty` (or, of a struct, `omitzero`) leaves a value out. */
export function isEmpty(value: DraftValue | undefined): boolean {
  return isZero(value) || (typeof value === 'object' && Object.keys(value as object).length === 0)
}

/** Fills a field that is no pointer: an explicit zero counts as absent. */
export function fillZero(draft: Draft, key: string, value: DraftValue): void {
  if (isZero(draft[key])) draft[key] = value
}

/** Fills a pointer: only an absent one is filled. */
export function fillAbsent(draft: Draft, key: string, value: DraftValue): void {
  draft[key] ??= value
}
