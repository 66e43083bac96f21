// Kyverno: api/kyverno/v1/common_types.go (Generation.Validate)
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import type { FieldPath } from '../../model/source.ts'
import { knownKinds } from '../../kubernetes/kinds.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { field, objectField, objectsField, textField, textsField } from '../read-fields.ts'
import { writtenRules } from './rule-walk.ts'

/** What generate rules make, and from what. */
export function checkGenerate(policy: RulePolicy, problems: ProblemCollector): void {
  for (const { document, path } of writtenRules(policy)) {
    const generate = objectField(document, 'generate')
    if (generate === undefined || Object.keys(generate).length === 0) continue
    const place = [...path, 'generate']
    const sources = ['data', 'clone', 'cloneList', 'foreach'].filter((name) => isFilled(field(generate, name)))
    if (sources.length !== 1) problems.error(place, 'INVALID_RULE', `a generate rule needs exactly one of data, clone, cloneList and foreach${sources.length > 1 ? `, not ${sources.join(' and ')}` : ''}`)
    const foreach = objectsField(generate, 'foreach')
    if (foreach.length === 0) checkPattern(generate, place, problems)
    else foreach.forEach((entry, index) => checkPattern(entry, [...place, 'foreach', index], problems))
  }
}

function isFilled(value: JsonValue | undefined): boolean {
  return value !== undefined && !(isJsonObject(value) && Object.keys(value).length === 0)
}

function checkPattern(pattern: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  if (textsField(objectField(pattern, 'cloneList') ?? {}, 'kinds').length === 0) {
    for (const name of ['apiVersion', 'kind', 'name']) {
      if ((textField(pattern, name) ?? '') === '') problems.error(path, 'INVALID_RULE', `${name} of what is generated is missing`)
    }
    checkNamespace(pattern, path, problems)
  }
  const data = field(pattern, 'data')
  if (data !== undefined) rejectAnchors(data, [...path, 'data'], problems)
}

/** Without a cluster Kyverno takes every kind for a namespaced one; the kinds that are known not to be are let through here. */
function checkNamespace(pattern: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  const [apiVersion, kind] = [textField(pattern, 'apiVersion') ?? '', textField(pattern, 'kind') ?? '']
  const isCluster = knownKinds().find(apiVersion.includes('/') ? apiVersion.split('/')[0] ?? '' : '', kind)?.scope === 'Cluster'
  const namespace = textField(pattern, 'namespace') ?? ''
  if (kind !== '' && namespace === '' && !isCluster) problems.error(path, 'INVALID_RULE', `the namespace that the ${kind} is generated in is missing`)
}

function rejectAnchors(data: JsonValue, path: FieldPath, problems: ProblemCollector): void {
  if (isJsonArray(data)) data.forEach((item, index) => rejectAnchors(item, [...path, index], problems))
  if (!isJsonObject(data)) return
  for (const [key, value] of Object.entries(data)) {
    if (/^[+<=X^]?\(.+\)$/.test(key.trim())) problems.error([...path, key], 'INVALID_RULE', `"${key}" is an anchor, which has no meaning in generated data`)
    rejectAnchors(value, [...path, key], problems)
  }
}
