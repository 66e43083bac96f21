import type { JsonValue } from '../model/json.ts'

/** A scalar as the text that a YAML node holds for it, which is what kustomize compares; empty for lists and objects. */
export function scalarText(value: JsonValue): string {
  if (typeof value === 'string') return value
  if (value === null) return 'null'
  return typeof value === 'object' ? '' : String(value)
}
