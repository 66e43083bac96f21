// Kyverno: pkg/cel/policies/*/compiler/eval.go; apiserver: pkg/admission/plugin/cel/{condition,compile}.go (CreateAdmissionRequest)
import { Authorizer, fromJson, requestResource, type Asker, type CelValue } from '../../expression/cel/index.ts'
import type { JsonObject, JsonValue } from '../../model/json.ts'
import type { Environment } from '../environment.ts'
import type { TriggerState } from '../trigger-state.ts'
import type { CelSubject } from './cel-subject.ts'

/** Values that expressions see by name; what costs something is made when it is read. */
export type RequestVariables = Readonly<Record<'object' | 'oldObject' | 'request' | 'namespaceObject', CelValue | (() => CelValue)>>

const empty = {} as const

const kyvernoVariables = new WeakMap<TriggerState, RequestVariables>()

/** As Kyverno's own kinds see a request: what is not there is an empty map. Made once for all policies that look at one state. */
export function forKyverno(state: TriggerState, subject: CelSubject, semantics: Environment['semantics']): RequestVariables {
  let variables = kyvernoVariables.get(state)
  if (variables === undefined) {
    const object = state.current?.object ?? empty
    const oldObject = state.old?.object ?? empty
    const request = once((): CelValue => ({
      ...describeRequest(state, subject), ...(semantics === 'cluster' ? { uid: '' } : {}), options: null,
      object: state.current?.object ?? null, oldObject: state.old?.object ?? null,
    }))
    kyvernoVariables.set(state, variables = { object, oldObject, request, namespaceObject: findNamespace(state, subject, semantics) })
  }
  return variables
}

function findNamespace({ trigger }: TriggerState, subject: CelSubject, semantics: Environment['semantics']): CelValue {
  if (trigger.namespaceObject !== undefined) return readObject(trigger.namespaceObject)
  // In a cluster a resource's Namespace is always there; offline only its name and what was said of its labels are known.
  return semantics === 'cli' || subject.namespace === '' || subject.plural === 'namespaces' ? null : namespaceOf(subject)
}

function namespaceOf({ namespace, namespaceLabels }: CelSubject): CelValue {
  return { metadata: { name: namespace, labels: namespaceLabels } }
}

function readObject(object: JsonObject): CelValue {
  return fromJson(object, 'int')
}

/** Whose policy it is that sees the request as the API server makes it. */
export interface AdmissionVariablesOptions {
  /** A rule of a ClusterPolicy: its requests name no labels of the Namespace, and no Namespace at all where there is none. */
  readonly isRule: boolean
  readonly semantics: Environment['semantics']
  /** Who stands in where nobody said who asks. */
  readonly nobodyIs?: string
}

/** With the questions that may be asked of what the user may do. */
export type AdmissionVariables = RequestVariables & Readonly<Record<'authorizer' | 'authorizer.requestResource', () => CelValue>>

function describeAuthorizer({ trigger: { user } }: TriggerState, { group, version, plural, subresource, namespace, name }: CelSubject) {
  const asker: Asker = { username: user?.username ?? '', uid: user?.uid ?? '', groups: user?.groups ?? [], extra: user?.extra ?? {} }
  const attributes = { group, version, resource: plural, ...text('subresource', subresource), ...text('namespace', namespace), ...text('name', name) }
  return { authorizer: () => new Authorizer(asker), 'authorizer.requestResource': () => requestResource(asker, attributes) }
}

/** As Kubernetes' own kinds see a request: what is not there is null. */
export function forKubernetes(state: TriggerState, subject: CelSubject, options: AdmissionVariablesOptions): AdmissionVariables {
  return {
    ...describeAuthorizer(state, subject),
    object: state.current?.object ?? null,
    oldObject: state.old?.object ?? null,
    request: once((): CelValue => (options.nobodyIs === undefined ? describeRequest(state, subject)
      : { ...describeRequest(state, subject), userInfo: describeUser(nameUser(state.trigger.user, options.nobodyIs)) })),
    namespaceObject: findAdmissionNamespace(state, subject, options),
  }
}

function findAdmissionNamespace({ trigger }: TriggerState, subject: CelSubject, { isRule, semantics }: AdmissionVariablesOptions): CelValue {
  if (subject.namespace === '' || subject.plural === 'namespaces') return semantics === 'cli' && !isRule ? { metadata: {} } : null
  if (semantics === 'cli' && (isRule || Object.keys(trigger.namespaceLabels).length === 0)) return { metadata: { name: subject.namespace } }
  return trigger.namespaceObject === undefined ? namespaceOf(subject) : readObject(trigger.namespaceObject)
}

/** The fields that are there on every request; what is empty is left out, as Go's `omitempty` does. */
function describeRequest({ trigger }: TriggerState, subject: CelSubject): JsonObject {
  const kind = { group: subject.group, version: subject.version, kind: subject.kind }
  const resource = { group: subject.group, version: subject.version, resource: subject.plural }
  return {
    kind, resource, requestKind: kind, requestResource: resource,
    ...text('subResource', subject.subresource), ...text('requestSubResource', subject.subresource),
    ...text('name', subject.name), ...text('namespace', subject.namespace),
    operation: trigger.operation, userInfo: describeUser(trigger.user), dryRun: false,
  }
}

function nameUser(user: TriggerState['trigger']['user'], name: string): TriggerState['trigger']['user'] {
  const { username = '', uid = '', groups = [] } = user ?? {}
  return { ...user, username: username === '' ? name : username, uid: uid === '' ? name : uid, groups: groups.length === 0 ? [name] : groups }
}

function describeUser(user: TriggerState['trigger']['user']): JsonObject {
  if (user === undefined) return {}
  const { username = '', uid = '', groups = [], extra = {} } = user
  return {
    ...text('username', username), ...text('uid', uid), ...(groups.length === 0 ? {} : { groups }),
    ...(Object.keys(extra).length === 0 ? {} : { extra: extra as JsonValue }),
  }
}

function text(name: string, value: string): JsonObject {
  return value === '' ? {} : { [name]: value }
}

function once<T>(make: () => T): () => T {
  let value: T | undefined
  return () => value ??= make()
}
