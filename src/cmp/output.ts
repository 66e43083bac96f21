import type { JsonObject } from '../model/json.ts'
import { stringifyJson } from '../values/json-text.ts'

/**
 * Manifests as Argo CD reads them without room for doubt: one JSON object a document, each between separators. YAML could turn a text into
 * something else, and objects behind a YAML document without a separator are lost in silence.
 */
export function formatManifests(objects: readonly JsonObject[]): string {
  return objects.map((object) => `${stringifyJson(object)}\n`).join('---\n')
}
