// Kubernetes: admissionregistration/v1 MatchResources
import type { MatchConstraints, MatchResourceRule } from '../model/cel-policy.ts'
import type { JsonObject } from '../model/json.ts'
import { parseLabelSelector } from './parse-match.ts'
import { objectField, objectsField, optional, textField, textsField } from './read-fields.ts'

/** The requests that a policy or binding is about; nothing stays nothing. */
export function parseMatchConstraints(block: JsonObject | undefined): MatchConstraints | undefined {
  if (block === undefined) return undefined
  return {
    resourceRules: objectsField(block, 'resourceRules').map(parseRule),
    excludeResourceRules: objectsField(block, 'excludeResourceRules').map(parseRule),
    ...optional('namespaceSelector', parseLabelSelector(objectField(block, 'namespaceSelector'))),
    ...optional('objectSelector', parseLabelSelector(objectField(block, 'objectSelector'))),
  }
}

function parseRule(rule: JsonObject): MatchResourceRule {
  return {
    apiGroups: textsField(rule, 'apiGroups'), apiVersions: textsField(rule, 'apiVersions'), operations: textsField(rule, 'operations'),
    resources: textsField(rule, 'resources'), resourceNames: textsField(rule, 'resourceNames'), scope: textField(rule, 'scope') ?? '*',
  }
}
