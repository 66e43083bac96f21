// Kyverno: pkg/autogen/v1/rule.go (updateFields)
import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'

/** Where the Pod's template lies in the kinds that a generated rule is about. */
export type TemplatePlace = 'spec.template' | 'spec.jobTemplate.spec.template'

/**
 * Rewrites the paths of a rule from the Pod to its template, as text and wherever they stand: also in messages, URLs and names that only
 * begin alike. CEL expressions may leave `request.` out.
 */
export function replacePaths(value: JsonValue, place: TemplatePlace, cel: boolean): JsonValue {
  const roots = cel ? ['object', 'oldObject'] : ['request.object', 'request.oldObject']
  // One after the other over the whole text, as Kyverno does: in CEL `oldObject.spec` is not touched by the rule for `object.spec`, which differs in case.
  const replacements = [...roots.map((root) => [`${root}.spec`, `${root}.${place}.spec`] as const),
    ...roots.map((root) => [`${root}.metadata`, `${root}.${place}.metadata`] as const)]
  return rewrite(value, (text) => replacements.reduce((result, [from, to]) => result.replaceAll(from, to), text))
}

function rewrite(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value)
  if (isJsonArray(value)) return value.map((item) => rewrite(item, change))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), rewrite(item, change)]))
}
