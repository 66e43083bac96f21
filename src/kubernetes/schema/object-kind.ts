import type { JsonObject } from '../../model/json.ts'

export interface ObjectKind {
  /** Empty for the core group. */
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** What an object says that it is; texts are empty where it does not say. */
export function readObjectKind(object: JsonObject): ObjectKind {
  const { apiVersion, kind } = object as { apiVersion?: unknown; kind?: unknown }
  const text = typeof apiVersion === 'string' ? apiVersion : ''
  const slash = text.indexOf('/')
  return { group: slash < 0 ? '' : text.slice(0, slash), version: text.slice(slash + 1), kind: typeof kind === 'string' ? kind : '' }
}
