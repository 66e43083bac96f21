import type { KindTable } from '../../kubernetes/kinds.ts'
import { isJsonObject, type JsonObject } from '../../model/json.ts'
import type { Labels } from '../../model/resource.ts'
import type { Environment } from '../environment.ts'
import type { ResourceView } from '../resource-view.ts'
import type { TriggerState } from '../trigger-state.ts'

/** What an admission request says of its resource; what match constraints look at. */
export interface CelSubject {
  /** Group, version and plural in one text. */
  readonly type: string
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly plural: string
  readonly subresource: string
  readonly operation: string
  readonly name: string
  readonly generateName: string
  /** Empty for what belongs to no namespace. */
  readonly namespace: string
  readonly labels: Labels
  readonly oldLabels: Labels | undefined
  readonly namespaceLabels: Labels
}

/** Whether what is evaluated is some JSON document and no resource: only the command line is given such. */
export function isPayload({ trigger }: { readonly trigger: TriggerState['trigger'] }): boolean {
  const { kind, version } = trigger.resource.id
  return kind === '' || version === ''
}

const subjects = new WeakMap<TriggerState, CelSubject>()

/** The subject of a state; made once for all policies. */
export function toCelSubject(state: TriggerState, kinds: KindTable, semantics: Environment['semantics']): CelSubject {
  let subject = subjects.get(state)
  if (subject === undefined) subjects.set(state, subject = makeSubject(state, kinds, semantics))
  return subject
}

function makeSubject(state: TriggerState, kinds: KindTable, semantics: Environment['semantics']): CelSubject {
  const { trigger } = state
  const { id, object } = trigger.resource
  const view = state.matched
  const facts = kinds.find(id.group, id.kind)
  const plural = facts?.plural ?? guessPlural(id.kind)
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const namespace = findNamespace(id, facts?.scope === 'Cluster', semantics)
  const given = trigger.namespaceLabels
  return {
    type: `${id.group}/${id.version}/${plural}`, group: id.group, version: id.version, kind: id.kind, plural, subresource: trigger.subresource ?? '',
    operation: trigger.operation, name: textOf(metadata, 'name'), generateName: textOf(metadata, 'generateName'), namespace,
    labels: (view as ResourceView).metadata.labels,
    oldLabels: state.current === undefined ? undefined : state.old?.metadata.labels,
    namespaceLabels: Object.keys(given).length === 0 ? { 'kubernetes.io/metadata.name': namespace } : given,
  }
}

function textOf(metadata: JsonObject, name: string): string {
  const value = metadata[name]
  return typeof value === 'string' ? value : ''
}

/** The API server names a Namespace's own name; the command line takes whatever the manifest says, also of kinds that belong to no namespace. */
function findNamespace(id: TriggerState['trigger']['resource']['id'], isClusterScoped: boolean, semantics: Environment['semantics']): string {
  if (semantics === 'cli') return id.namespace ?? ''
  if (id.group === '' && id.kind === 'Namespace') return id.name
  return isClusterScoped ? '' : id.namespace ?? ''
}

/** As Kyverno guesses for kinds that nobody described (meta.UnsafeGuessKindToResource). */
function guessPlural(kind: string): string {
  const singular = kind.toLowerCase()
  if (/(?:s|x|ch|sh)$/.test(singular)) return `${singular}es`
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`
  return `${singular}s`
}
