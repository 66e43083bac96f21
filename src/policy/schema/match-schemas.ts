// Fields of Kyverno's match and exclude blocks (api/kyverno/v1/match_resources_types.go).
import { listOf, object, oneOf, text, textMap, texts, varied } from './schema.ts'

export const labelSelector = object({
  matchLabels: textMap,
  matchExpressions: listOf(object({ 'key*': text, 'operator*': text, values: texts })),
})

const resources = object({
  kinds: texts, name: text, names: texts, namespaces: texts, annotations: textMap, selector: labelSelector, namespaceSelector: labelSelector,
  operations: listOf(oneOf('CREATE', 'CONNECT', 'UPDATE', 'DELETE')),
}, { names: ['name', 'names'], atLeastOne: false })

const filter = object({
  resources, roles: texts, clusterRoles: texts, subjects: listOf(object({ 'kind*': text, apiGroup: text, 'name*': text, namespace: text })),
})

/** Only any/all: v2beta1, PolicyException, cleanup policies. */
export const anyAllMatch = object({ any: listOf(filter), all: listOf(filter) }, { names: ['any', 'all'], atLeastOne: false })
/** With the deprecated fields beside any/all. */
export const legacyMatch = varied(anyAllMatch, [], Object.fromEntries(filter.fields))
