// Kyverno: pkg/background/generate/clone.go, cmd/cli/kubectl-kyverno/processor/generate.go
import { knownKinds } from '../../../kubernetes/kinds.ts'
import { EvaluationError } from '../../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import type { RuleRun } from '../rule-run.ts'
import { targetOf, targetText, type Target } from './target.ts'

/** Where clones are copied from. The CLI knows the trigger and the sources that were given for the rule; a cluster knows all. */
export function findSource(run: RuleRun, source: Target): JsonObject | undefined {
  const given = givenSources(run).find((object) => targetText(targetOf(object)) === targetText(source))
  if (given !== undefined || run.fields.environment.semantics === 'cli') return given
  const { apiVersion, namespace, name } = source
  const found = run.fields.environment.lookups.get({ kind: 'resource', apiVersion, resource: pluralOf(source), namespace, name })
  return isJsonObject(found) ? found : undefined
}

/** The resources of a kind in a namespace; all namespaces where none is named. */
export function listSources(run: RuleRun, kind: Pick<Target, 'apiVersion' | 'kind' | 'namespace'>): readonly JsonObject[] {
  const { apiVersion, namespace } = kind
  if (run.fields.environment.semantics !== 'cli') {
    return readItems(run.fields.environment.lookups.get({ kind: 'resourceList', apiVersion, resource: pluralOf(kind), namespace }))
  }
  return givenSources(run).filter((object) => {
    const target = targetOf(object)
    return target.apiVersion === apiVersion && target.kind === kind.kind && (namespace === '' || target.namespace === namespace)
  })
}

function givenSources({ fields }: RuleRun): readonly JsonObject[] {
  const { policy, rule, environment, state } = fields
  const trigger = state.current === undefined ? [] : [state.current.resource]
  return [...trigger, ...environment.cloneSources?.(policy, rule.name) ?? []].map(({ object }) => object)
}

function pluralOf({ apiVersion, kind }: Pick<Target, 'apiVersion' | 'kind'>): string {
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  return knownKinds().find(group, kind)?.plural ?? `${kind.toLowerCase()}s`
}

function readItems(list: JsonValue | undefined): readonly JsonObject[] {
  const items = isJsonObject(list) ? list['items'] : list
  return isJsonArray(items) ? items.filter((item) => isJsonObject(item)) : []
}

/** Reads `v1/Secret` or `apps/v1/Deployment`. */
export function readListedKind(text: string): Pick<Target, 'apiVersion' | 'kind'> {
  const slash = text.lastIndexOf('/')
  return { apiVersion: text.slice(0, Math.max(slash, 0)), kind: text.slice(slash + 1) }
}

export function sourceNotFound(target: Target): EvaluationError {
  return new EvaluationError('LOOKUP_FAILED', `source resource ${targetText(target)} not found`, {
    missing: { what: `the resource that ${target.kind} ${target.namespace}/${target.name} is cloned from`, hint: 'add it to the resources' },
  })
}
