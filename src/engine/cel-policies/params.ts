// Kyverno: pkg/admissionpolicy/{utils,validate,mutate}.go (CollectParams, matchesSelector); apiserver: plugin/policy/generic/policy_dispatcher.go (CollectParams)
import { fromJson, type CelValue } from '../../expression/cel/index.ts'
import { matchesLabelSelector } from '../../kubernetes/label-selector.ts'
import type { ParamKind, ParamRef } from '../../model/cel-policy.ts'
import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { Labels } from '../../model/resource.ts'
import type { StepInput } from '../step.ts'
import { toCelSubject } from './cel-subject.ts'
import type { CelTools } from './kyverno-policy.ts'

/**
 * The parameters that a reference gives, each as expressions see it: one evaluation each. Given candidates are searched as Kyverno's command line
 * does, which puts what a selector finds into one list; otherwise the cluster is asked.
 */
export function findParams(kind: ParamKind, ref: ParamRef, input: StepInput, tools: CelTools): readonly CelValue[] {
  const { parameters } = tools.options
  if (parameters !== undefined || input.environment.semantics === 'cli') return [chooseGiven(parameters ?? [], ref)]
  const found = lookUp(kind, ref, input, tools)
  if (found.length > 0) return found.map((param) => fromJson(param, 'int'))
  if (ref.parameterNotFoundAction === 'Allow') return []
  throw new EvaluationError('LOOKUP_FAILED', 'failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction')
}

function chooseGiven(candidates: readonly JsonObject[], ref: ParamRef): CelValue {
  const { selector } = ref
  if (selector === undefined) {
    const first = candidates.find((candidate) => matchesName(metadataOf(candidate), ref))
    return first === undefined ? null : fromJson(first, 'int')
  }
  const items = candidates.filter((candidate) => matchesLabelSelector(selector, labelsOf(metadataOf(candidate))))
  return items.length === 0 ? null : fromJson({ items }, 'int')
}

/** A name makes the namespace irrelevant. */
function matchesName(metadata: JsonObject, { name = '', namespace = '' }: ParamRef): boolean {
  if (name !== '') return metadata['name'] === name
  return namespace !== '' && metadata['namespace'] === namespace
}

function metadataOf(object: JsonObject): JsonObject {
  return isJsonObject(object['metadata']) ? object['metadata'] : {}
}

function labelsOf(metadata: JsonObject): Labels {
  return isJsonObject(metadata['labels']) ? metadata['labels'] as Labels : {}
}

function lookUp({ apiVersion, kind }: ParamKind, ref: ParamRef, { state, environment }: StepInput, { kinds }: CelTools): readonly JsonObject[] {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const facts = kinds.find(group, kind)
  if (facts === undefined) throw new EvaluationError('LOOKUP_FAILED', `failed to find resource referenced by paramKind: '${apiVersion}, Kind=${kind}'`)
  const own = toCelSubject(state, kinds, environment.semantics).namespace
  const namespace = facts.scope === 'Cluster' ? '' : ref.namespace ?? own
  if (ref.name !== undefined) {
    const found = environment.lookups.get({ kind: 'resource', apiVersion, resource: facts.plural, namespace, name: ref.name })
    return isJsonObject(found) ? [found] : []
  }
  const list = environment.lookups.get({ kind: 'resourceList', apiVersion, resource: facts.plural, namespace })
  const items: readonly JsonValue[] = isJsonObject(list) && isJsonArray(list['items']) ? list['items'] : []
  const { selector = {} } = ref
  return items.filter((item) => isJsonObject(item)).filter((item) => matchesLabelSelector(selector, labelsOf(metadataOf(item))))
}
