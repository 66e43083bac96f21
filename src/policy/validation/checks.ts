// Kyverno: pkg/policy/{validate,mutate}/validate.go, pkg/policy/common/validate_pattern.go, pkg/validation/policy/validate.go
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import type { FieldPath } from '../../model/source.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { field, objectField, objectsField, textField } from '../read-fields.ts'
import { checkJsonPatch } from './json-patch.ts'
import { writtenRules, type PlacedRule } from './rule-walk.ts'

const checkNames = ['pattern', 'anyPattern', 'deny', 'foreach', 'podSecurity', 'cel', 'manifests']
const foreachCheckNames = ['pattern', 'anyPattern', 'deny', 'foreach']

/** What stands in validate and mutate: one check or patch, and what its documents may hold. */
export function checkRuleChecks(policy: RulePolicy, problems: ProblemCollector): void {
  for (const rule of writtenRules(policy)) {
    const [validate, mutate] = [objectField(rule.document, 'validate'), objectField(rule.document, 'mutate')]
    if (validate && Object.keys(validate).length > 0) checkValidate(validate, [...rule.path, 'validate'], problems)
    if (mutate && Object.keys(mutate).length > 0) checkMutate(mutate, [...rule.path, 'mutate'], problems)
    if (objectsField(rule.document, 'celPreconditions').length > 0 && !objectField(validate ?? {}, 'cel')) {
      problems.error([...rule.path, 'celPreconditions'], 'INVALID_RULE', 'celPreconditions can only be used with validate.cel')
    }
    checkMetadataTexts(rule, problems)
  }
}

function checkValidate(validate: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  requireOne(validate, checkNames.filter((name) => name !== 'manifests' || objectsField(objectField(validate, 'manifests') ?? {}, 'attestors').length > 0), path, problems)
  const pattern = field(validate, 'pattern')
  if (pattern !== undefined) checkAnchors(pattern, [...path, 'pattern'], problems)
  const patterns = field(validate, 'anyPattern')
  if (isJsonArray(patterns)) patterns.forEach((item, index) => checkAnchors(item, [...path, 'anyPattern', index], problems))
  else if (patterns !== undefined) problems.error([...path, 'anyPattern'], 'INVALID_RULE', 'anyPattern must be a list of patterns')
  objectsField(validate, 'foreach').forEach((entry, index) => checkForeach(entry, [...path, 'foreach', index], problems))
  if (field(validate, 'assert') !== undefined) {
    problems.warning([...path, 'assert'], 'IGNORED_FIELD', 'validate.assert is read and ignored: Kyverno 1.19 no longer evaluates it')
  }
}

function requireOne(owner: JsonObject, names: readonly string[], path: FieldPath, problems: ProblemCollector): void {
  const set = names.filter((name) => field(owner, name) !== undefined)
  if (set.length === 0) problems.error(path, 'INVALID_RULE', `one of ${names.join(', ')} is needed`)
  if (set.length > 1) problems.error(path, 'INVALID_RULE', `only one of ${names.join(', ')} can be used, not ${set.join(' and ')}`)
}

function checkForeach(entry: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  if ((textField(entry, 'list') ?? '') === '') problems.error(path, 'INVALID_RULE', 'foreach needs a list')
  requireOne(entry, foreachCheckNames, path, problems)
}

/** `+(…)` adds a field, which a pattern cannot; `^(…)` asks for at least one element of a list. */
function checkAnchors(pattern: JsonValue, path: FieldPath, problems: ProblemCollector): void {
  if (isJsonArray(pattern)) pattern.forEach((item, index) => checkAnchors(item, [...path, index], problems))
  if (!isJsonObject(pattern)) return
  for (const [key, value] of Object.entries(pattern)) {
    if (/^\+\(.+\)$/.test(key.trim())) problems.error([...path, key], 'INVALID_PATTERN', `"${key}" adds a field, which only mutate rules can`)
    if (/^\^\(.+\)$/.test(key.trim()) && !(isJsonArray(value) && value.length > 0)) {
      problems.error([...path, key], 'INVALID_PATTERN', `"${key}" needs a list with at least one entry`)
    }
    checkAnchors(value, [...path, key], problems)
  }
}

function checkMutate(mutate: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  const patches = ['patchStrategicMerge', 'patchesJson6902'].filter((name) => isGiven(mutate, name))
  const foreach = objectsField(mutate, 'foreach')
  if (patches.length + (foreach.length > 0 ? 1 : 0) !== 1) {
    problems.error(path, 'INVALID_RULE', 'a mutate rule needs exactly one of foreach, patchStrategicMerge and patchesJson6902')
  }
  const patch = textField(mutate, 'patchesJson6902') ?? ''
  if (patch !== '') checkJsonPatch(patch, [...path, 'patchesJson6902'], problems)
  foreach.forEach((entry, index) => checkMutateForeach(entry, [...path, 'foreach', index], problems))
}

/** An empty text is as good as none. */
function isGiven(owner: JsonObject, name: string): boolean {
  return field(owner, name) !== undefined && field(owner, name) !== ''
}

function checkMutateForeach(entry: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  const nested = objectsField(entry, 'foreach')
  const others = ['context', 'preconditions', 'patchesJson6902', 'patchStrategicMerge'].filter((name) => isGiven(entry, name))
  if (nested.length > 0 && others.length > 0) problems.error(path, 'INVALID_RULE', `beside a nested foreach only list can stand, not ${others.join(', ')}`)
  if (nested.length === 0 && others.filter((name) => name.startsWith('patch')).length !== 1) {
    problems.error(path, 'INVALID_RULE', 'a foreach entry needs exactly one of patchStrategicMerge and patchesJson6902')
  }
  nested.forEach((inner, index) => checkMutateForeach(inner, [...path, 'foreach', index], problems))
}

/** Values of labels and annotations are strings, also in patterns and patches: `null` does not delete a label there. */
function checkMetadataTexts({ document, path }: PlacedRule, problems: ProblemCollector): void {
  const labels = overlaysOf(document).filter((overlay) => isJsonObject(overlay)).flatMap((overlay) => {
    const template = objectField(objectField(overlay, 'spec') ?? {}, 'template') ?? {}
    return [objectField(overlay, 'metadata'), objectField(template, 'metadata')].flatMap((metadata) => textMapsOf(metadata ?? {}))
  })
  for (const [name, value] of labels) {
    if (typeof value !== 'string') problems.error(path, 'INVALID_PATTERN', `labels and annotations have strings as values; put that of "${name}" in double quotes`)
  }
}

/** Of several foreach entries Kyverno looks at the first. */
function overlaysOf(rule: JsonObject): readonly (JsonValue | undefined)[] {
  const [validate, mutate] = [objectField(rule, 'validate') ?? {}, objectField(rule, 'mutate') ?? {}]
  const alternatives = field(validate, 'anyPattern')
  return [
    field(validate, 'pattern'), ...(isJsonArray(alternatives) ? alternatives : []), field(objectsField(validate, 'foreach')[0] ?? {}, 'pattern'),
    field(mutate, 'patchStrategicMerge'), field(objectsField(mutate, 'foreach')[0] ?? {}, 'patchStrategicMerge'),
  ]
}

function textMapsOf(metadata: JsonObject): readonly (readonly [string, JsonValue])[] {
  return ['labels', 'annotations'].flatMap((name) => Object.entries(objectField(metadata, name) ?? {}))
}
