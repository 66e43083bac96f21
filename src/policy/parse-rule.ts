// Kyverno: api/kyverno/v1/rule_types.go
import type { FailureAction, FailureActionOverride } from '../model/failure-action.ts'
import type { JsonObject } from '../model/json.ts'
import type { MutateForeach, MutateMethod, Rule, RuleBody, ValidateCheck, ValidateForeach } from '../model/rule.ts'
import type { FieldPath } from '../model/source.ts'
import { parseContext } from './parse-context.ts'
import { parseLabelSelector, parseMatch } from './parse-match.ts'
import { field, flagField, objectField, objectsField, optional, textField, textMapField, textsField } from './read-fields.ts'

/** The names under which a rule's body may stand. */
export const bodyNames = ['validate', 'mutate', 'generate', 'verifyImages'] as const

/** One rule; undefined where it has no body, which the policy's validation reports. */
export function parseRule(rule: JsonObject, path: FieldPath): Rule | undefined {
  const body = parseBody(rule)
  if (body === undefined) return undefined
  const exclude = objectField(rule, 'exclude')
  return {
    name: textField(rule, 'name') ?? '',
    match: parseMatch(objectField(rule, 'match') ?? {}),
    ...(exclude && Object.keys(exclude).length > 0 ? { exclude: parseMatch(exclude) } : {}),
    context: parseContext(rule),
    ...optional('preconditions', field(rule, 'preconditions')),
    celPreconditions: objectsField(rule, 'celPreconditions').map((condition) => ({
      name: textField(condition, 'name') ?? '', expression: textField(condition, 'expression') ?? '',
    })),
    imageExtractors: objectField(rule, 'imageExtractors') ?? {},
    reportProperties: textMapField(rule, 'reportProperties'),
    body,
    document: rule,
    path,
  }
}

/** The bodies that are set; an empty map counts as absent, as in Kyverno (`HasValidate` and the like). */
export function setBodies(rule: JsonObject): readonly (typeof bodyNames)[number][] {
  return bodyNames.filter((name) => {
    const body = field(rule, name)
    return Array.isArray(body) ? body.length > 0 : body !== undefined && Object.keys(body as object).length > 0
  })
}

function parseBody(rule: JsonObject): RuleBody | undefined {
  switch (setBodies(rule)[0]) {
    case 'validate': return parseValidate(objectField(rule, 'validate') ?? {})
    case 'mutate': {
      const mutate = objectField(rule, 'mutate') ?? {}
      const method = parseMutateMethod(mutate)
      return method && { type: 'mutate', method, targets: objectsField(mutate, 'targets') }
    }
    case 'generate': return { type: 'generate', spec: objectField(rule, 'generate') ?? {} }
    case 'verifyImages': return { type: 'verifyImages', images: objectsField(rule, 'verifyImages') }
    case undefined: return undefined
  }
}

function parseValidate(validate: JsonObject): RuleBody | undefined {
  const check = parseCheck(validate)
  return check && {
    type: 'validate',
    check,
    message: textField(validate, 'message') ?? '',
    ...optional('failureAction', parseFailureAction(textField(validate, 'failureAction'))),
    failureActionOverrides: parseFailureActionOverrides(validate, 'failureActionOverrides'),
    allowExistingViolations: flagField(validate, 'allowExistingViolations') ?? true,
  }
}

/** With several checks (rejected at load) the order is that of Kyverno's handlers (pkg/engine/validation.go). */
function parseCheck(validate: JsonObject): ValidateCheck | undefined {
  const manifests = objectField(validate, 'manifests')
  if (manifests && objectsField(manifests, 'attestors').length > 0) return { kind: 'manifests', manifests }
  const podSecurity = objectField(validate, 'podSecurity')
  if (podSecurity) {
    return { kind: 'podSecurity', level: textField(podSecurity, 'level') ?? '', version: textField(podSecurity, 'version') ?? '',
      exclude: objectsField(podSecurity, 'exclude') }
  }
  const cel = objectField(validate, 'cel')
  if (cel) return { kind: 'cel', cel }
  const check = parseResourceCheck(validate)
  if (check) return check
  const assert = field(validate, 'assert')
  return assert === undefined ? undefined : { kind: 'assert', assert }
}

type ResourceCheck = ValidateForeach['check']

function parseResourceCheck(owner: JsonObject): ResourceCheck | undefined {
  const deny = objectField(owner, 'deny')
  if (deny) return { kind: 'deny', conditions: field(deny, 'conditions') }
  const pattern = field(owner, 'pattern')
  if (pattern !== undefined) return { kind: 'pattern', pattern }
  const patterns = field(owner, 'anyPattern')
  if (patterns !== undefined) return { kind: 'anyPattern', patterns }
  const foreach = objectsField(owner, 'foreach')
  return foreach.length > 0 ? { kind: 'foreach', foreach: foreach.map(parseValidateForeach).filter((entry) => entry !== undefined) } : undefined
}

function parseValidateForeach(entry: JsonObject): ValidateForeach | undefined {
  const check = parseResourceCheck(entry)
  return check && {
    list: textField(entry, 'list') ?? '',
    ...optional('elementScope', flagField(entry, 'elementScope')),
    context: parseContext(entry),
    ...optional('preconditions', field(entry, 'preconditions')),
    check,
  }
}

function parseMutateMethod(owner: JsonObject): MutateMethod | undefined {
  const foreach = objectsField(owner, 'foreach')
  if (foreach.length > 0) return { kind: 'foreach', foreach: foreach.map(parseMutateForeach).filter((entry) => entry !== undefined) }
  const strategic = field(owner, 'patchStrategicMerge')
  if (strategic !== undefined) return { kind: 'patchStrategicMerge', patch: strategic }
  const json = textField(owner, 'patchesJson6902')
  return json === undefined ? undefined : { kind: 'patchesJson6902', patch: json }
}

function parseMutateForeach(entry: JsonObject): MutateForeach | undefined {
  const method = parseMutateMethod(entry)
  const order = textField(entry, 'order')
  return method && {
    list: textField(entry, 'list') ?? '',
    ...(order === 'Ascending' || order === 'Descending' ? { order } : {}),
    context: parseContext(entry),
    ...optional('preconditions', field(entry, 'preconditions')),
    method,
  }
}

/** "enforce" in either case enforces; Kyverno takes every other word as Audit. */
export function parseFailureAction(text: string | undefined): FailureAction | undefined {
  if (text === undefined || text === '') return undefined
  return text === 'Enforce' || text === 'enforce' ? 'Enforce' : 'Audit'
}

/** Entries without a valid action never apply (Kyverno skips them), so they are left out. */
export function parseFailureActionOverrides(owner: JsonObject, name: string): readonly FailureActionOverride[] {
  return objectsField(owner, name).flatMap((entry) => {
    const action = parseFailureAction(textField(entry, 'action'))
    return action === undefined ? [] : [{
      action, namespaces: textsField(entry, 'namespaces'), ...optional('namespaceSelector', parseLabelSelector(objectField(entry, 'namespaceSelector'))),
    }]
  })
}
