import type { JsonObject, JsonValue } from '../model/json.ts'
import { kyvernoDefaultRows } from './data/kyverno-defaults.ts'
import { isDraft, put, toDraft, type Draft, type DraftValue } from './defaults/draft.ts'

interface KyvernoDefault {
  /** The minor of Kyverno 1 that brought it; 0 for one that is as old as the data. */
  readonly since: number
  /** Keys from the root; `[]` stands for every item of a list, `*` for every value of a map. */
  readonly path: readonly string[]
  readonly value: JsonValue
}

let defaults: ReadonlyMap<string, readonly KyvernoDefault[]> | undefined

/**
 * What the API server fills into one of Kyverno's own resources by the CustomResourceDefinitions of a Kyverno version (`1.13`; the newest
 * known when absent). A default inside an object appears only where the object is there. Other resources come back as they are.
 */
export function applyKyvernoDefaults(object: JsonObject, kyvernoVersion?: string): JsonObject {
  const rows = (defaults ??= readRows()).get(`${String(object['apiVersion'])} ${String(object['kind'])}`)
  if (rows === undefined) return object
  const minor = Number(/^v?1\.(\d+)/.exec(kyvernoVersion ?? '')?.[1] ?? Infinity)
  const draft = toDraft(object)
  for (const { since, path, value } of rows) if (since <= minor) fill(draft, path, value)
  return draft as JsonObject
}

function fill(place: DraftValue | undefined, [key, ...rest]: readonly string[], value: JsonValue): void {
  if (key === '[]') {
    if (Array.isArray(place)) for (const item of place) fill(item, rest, value)
  } else if (key !== undefined && isDraft(place)) {
    const names = key === '*' ? Object.keys(place) : [key]
    for (const name of names) fillField(place, name, rest, value)
  }
}

function fillField(place: Draft, name: string, rest: readonly string[], value: JsonValue): void {
  const known = Object.hasOwn(place, name) ? place[name] : undefined
  if (rest.length > 0) fill(known, rest, value)
  // Null where it is not allowed counts as absent where there is a default.
  else if (known === undefined || known === null) put(place, name, toDraft(value))
}

/** Rows are sorted, so that an object that is itself a default comes before what is filled into it. */
function readRows(): ReadonlyMap<string, readonly KyvernoDefault[]> {
  const found = new Map<string, KyvernoDefault[]>()
  for (const row of kyvernoDefaultRows.trim().split('\n')) {
    const [version = '', kind = '', since = '', path = '', ...json] = row.split(' ')
    const entry = { since: since === '-' ? 0 : Number(since), path: path.split('.'), value: JSON.parse(json.join(' ')) as JsonValue }
    const key = `${version} ${kind}`
    const known = found.get(key)
    if (known === undefined) found.set(key, [entry])
    else known.push(entry)
  }
  for (const entries of found.values()) entries.sort((left, right) => left.path.length - right.path.length)
  return found
}
