import type { JsonObject } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import type { FieldPath } from '../../model/source.ts'
import { objectField, objectsField } from '../read-fields.ts'

/** A rule's document and its place in the policy. */
export interface PlacedRule {
  readonly document: JsonObject
  readonly path: FieldPath
}

/** The rules of a policy as they are written. */
export function writtenRules(policy: RulePolicy): readonly PlacedRule[] {
  return objectsField(objectField(policy.document, 'spec') ?? {}, 'rules').map((document, index) => ({ document, path: ['spec', 'rules', index] }))
}

/** The filters of a match or exclude block, legacy fields included, each with its place. */
export function placedFilters(rule: PlacedRule, name: 'match' | 'exclude'): readonly PlacedRule[] {
  const block = objectField(rule.document, name)
  if (block === undefined) return []
  const path = [...rule.path, name]
  return [{ document: block, path }, ...['any', 'all'].flatMap((form) =>
    objectsField(block, form).map((document, index) => ({ document, path: [...path, form, index] })))]
}
