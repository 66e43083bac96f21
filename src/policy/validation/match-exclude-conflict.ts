// Kyverno: api/kyverno/v1/rule_types.go (ValidateMatchExcludeConflict)
import type { JsonObject } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import { deepEquals } from '../../values/equality.ts'
import { matchesWildcard } from '../../values/wildcard.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { objectField, objectsField, textField, textsField } from '../read-fields.ts'

/**
 * Refuses rules that match nothing because they exclude all that they match. Kyverno compares filters one by one where both blocks have
 * `any`; otherwise it compares the legacy fields only. A legacy match beside `exclude.any` therefore looks to it like a rule that excludes
 * everything: the mistake of many a first policy.
 */
export function checkMatchExcludeConflict(policy: RulePolicy, problems: ProblemCollector): void {
  objectsField(objectField(policy.document, 'spec') ?? {}, 'rules').forEach((rule, index) => {
    const match = objectField(rule, 'match') ?? {}
    const exclude = objectField(rule, 'exclude')
    if (exclude === undefined || objectsField(match, 'all').length > 0 || objectsField(exclude, 'all').length > 0) return
    const path = ['spec', 'rules', index, 'exclude']
    const matchAny = objectsField(match, 'any')
    const excludeAny = objectsField(exclude, 'any')
    if (matchAny.length > 0 && excludeAny.length > 0) {
      const same = excludeAny.findIndex((filter) => matchAny.some((matched) => deepEquals(matched, filter)))
      if (same >= 0) problems.error([...path, 'any', same], 'INVALID_POLICY', 'this filter excludes exactly what one of match.any matches: the rule matches nothing')
    } else if (Object.keys(exclude).length > 0 && excludesAll(match, exclude)) {
      problems.error(excludeAny.length > 0 ? [...path, 'any'] : path, 'INVALID_POLICY', excludeAny.length > 0
        ? 'Kyverno refuses a match without any or all beside exclude.any ("Rule is matching an empty set"): it compares the two blocks field by field and does not look into exclude.any. Write match.any'
        : 'the rule excludes all that it matches: it matches nothing')
    }
  })
}

/** Whether each field of the legacy form that narrows the exclusion also covers what is matched. */
function excludesAll(match: JsonObject, exclude: JsonObject): boolean {
  const [matched, excluded] = [objectField(match, 'resources') ?? {}, objectField(exclude, 'resources') ?? {}]
  if (!coversUser(match, exclude) || !coversName(matched, excluded)) return false
  const names = textsField(excluded, 'names')
  // Kyverno decides by the names alone where the exclusion has any.
  if (names.length > 0) return textsField(matched, 'names').some((one) => names.some((other) => matchesWildcard(other, one)))
  return coversTexts(matched, excluded, 'namespaces') && coversTexts(matched, excluded, 'kinds')
    && coversSelector(matched, excluded, 'selector') && coversSelector(matched, excluded, 'namespaceSelector') && coversAnnotations(matched, excluded)
}

function coversName(matched: JsonObject, excluded: JsonObject): boolean {
  const name = textField(excluded, 'name') ?? ''
  return name === '' || matchesWildcard(name, textField(matched, 'name') ?? '')
}

function coversUser(match: JsonObject, exclude: JsonObject): boolean {
  const subjects = objectsField(exclude, 'subjects')
  const matched = objectsField(match, 'subjects')
  const coversSubjects = subjects.length === 0 || (matched.length > 0 && matched.every((one) => subjects.some((other) => deepEquals(one, other))))
  return coversTexts(match, exclude, 'roles') && coversTexts(match, exclude, 'clusterRoles') && coversSubjects
}

function coversTexts(matched: JsonObject, excluded: JsonObject, field: string): boolean {
  const texts = new Set(textsField(excluded, field))
  if (texts.size === 0) return true
  const own = textsField(matched, field)
  return own.length > 0 && own.every((text) => texts.has(text))
}

/** Expressions of the match must all be among the excluded ones, and its labels have the excluded values. */
function coversSelector(matched: JsonObject, excluded: JsonObject, field: string): boolean {
  const [own, other] = [objectField(matched, field), objectField(excluded, field)]
  if (own === undefined || other === undefined) return own === other
  const expressions = objectsField(other, 'matchExpressions')
  const ownExpressions = objectsField(own, 'matchExpressions')
  if (expressions.length > 0 && (ownExpressions.length === 0 || !ownExpressions.every((one) => expressions.some((two) => deepEquals(one, two))))) return false
  const labels = objectField(other, 'matchLabels') ?? {}
  if (Object.keys(labels).length === 0) return true
  const ownLabels = Object.entries(objectField(own, 'matchLabels') ?? {})
  return ownLabels.length > 0 && ownLabels.every(([label, value]) => deepEquals(labels[label] ?? '', value))
}

function coversAnnotations(matched: JsonObject, excluded: JsonObject): boolean {
  return deepEquals(objectField(matched, 'annotations'), objectField(excluded, 'annotations'))
}
