// Kyverno: api/kyverno/v1/match_resources_types.go
import type { JsonObject } from '../model/json.ts'
import type { LabelSelector } from '../model/label-selector.ts'
import type { Operation } from '../model/resource.ts'
import type { Match, ResourceFilter } from '../model/rule.ts'
import { objectField, objectsField, optional, textField, textMapField, textsField } from './read-fields.ts'

/** A match or exclude block. `any` wins over `all`, and both over the legacy fields beside them, which Kyverno then ignores. */
export function parseMatch(block: JsonObject): Match {
  const any = objectsField(block, 'any')
  if (any.length > 0) return { form: 'any', filters: any.map(parseFilter) }
  const all = objectsField(block, 'all')
  if (all.length > 0) return { form: 'all', filters: all.map(parseFilter) }
  return { form: 'legacy', filters: [parseFilter(block)] }
}

function parseFilter(filter: JsonObject): ResourceFilter {
  const resources = objectField(filter, 'resources') ?? {}
  return {
    kinds: textsField(resources, 'kinds'),
    ...optional('name', textField(resources, 'name')),
    names: textsField(resources, 'names'),
    namespaces: textsField(resources, 'namespaces'),
    annotations: textMapField(resources, 'annotations'),
    ...optional('selector', parseLabelSelector(objectField(resources, 'selector'))),
    ...optional('namespaceSelector', parseLabelSelector(objectField(resources, 'namespaceSelector'))),
    operations: textsField(resources, 'operations') as readonly Operation[],
    roles: textsField(filter, 'roles'),
    clusterRoles: textsField(filter, 'clusterRoles'),
    subjects: objectsField(filter, 'subjects').map((subject) => ({
      kind: textField(subject, 'kind') ?? '', name: textField(subject, 'name') ?? '', ...optional('namespace', textField(subject, 'namespace')),
    })),
  }
}

/** A label selector; undefined stays undefined, because `{}` selects everything and absence is no selector. */
export function parseLabelSelector(selector: JsonObject | undefined): LabelSelector | undefined {
  if (selector === undefined) return undefined
  const expressions = objectsField(selector, 'matchExpressions')
  return {
    ...(objectField(selector, 'matchLabels') ? { matchLabels: textMapField(selector, 'matchLabels') } : {}),
    ...(expressions.length > 0 ? {
      matchExpressions: expressions.map((expression) => ({
        key: textField(expression, 'key') ?? '', operator: textField(expression, 'operator') ?? '', values: textsField(expression, 'values'),
      })),
    } : {}),
  }
}
