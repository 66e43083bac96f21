// Kyverno: pkg/engine/policycontext/policy_context.go, pkg/engine/context/context.go
import { knownKinds } from '../../kubernetes/kinds.ts'
import type { JsonValue } from '../../model/json.ts'
import type { UserInfo } from '../../model/resource.ts'
import type { Environment } from '../environment.ts'
import type { TriggerState } from '../trigger-state.ts'

/** What every expression sees before any context entry: the request, and who makes it. */
export function makeBaseNames(state: TriggerState, semantics: Environment['semantics']): Readonly<Record<string, JsonValue>> {
  const { trigger, current, old } = state
  const request: Record<string, JsonValue> = semantics === 'cluster' ? describeRequest(state) : {}
  if (current) request['object'] = current.contextObject
  if (old) request['oldObject'] = old.contextObject
  request['operation'] = trigger.operation
  if (semantics === 'cli') request['namespace'] = current?.metadata.namespace ?? ''
  const names: Record<string, JsonValue> = { request }
  if (trigger.user === undefined) return names
  Object.assign(request, describeUser(trigger.user))
  const [namespace = '', name = ''] = splitServiceAccount(trigger.user.username ?? '')
  names['serviceAccountName'] = name
  names['serviceAccountNamespace'] = namespace
  return names
}

/** What the API server's request has and the CLI's lacks; of the two objects the one that there is not is null. */
function describeRequest({ trigger, matched }: TriggerState): Record<string, JsonValue> {
  const { id } = (matched ?? { resource: trigger.resource }).resource
  const kind = { group: id.group, version: id.version, kind: id.kind }
  const facts = knownKinds().find(id.group, id.kind)
  const resource = { group: id.group, version: id.version, resource: facts?.plural ?? `${id.kind.toLowerCase()}s` }
  return {
    kind, requestKind: kind, resource, requestResource: resource,
    ...(id.name === '' ? {} : { name: id.name }),
    ...(id.namespace === undefined ? {} : { namespace: id.namespace }),
    ...(trigger.subresource === undefined ? {} : { subResource: trigger.subresource, requestSubResource: trigger.subresource }),
    object: null, oldObject: null, dryRun: false,
  }
}

function describeUser(user: UserInfo): Record<string, JsonValue> {
  const userInfo: Record<string, JsonValue> = {}
  if (user.username !== undefined && user.username !== '') userInfo['username'] = user.username
  if (user.uid !== undefined && user.uid !== '') userInfo['uid'] = user.uid
  if (user.groups !== undefined && user.groups.length > 0) userInfo['groups'] = user.groups
  if (user.extra !== undefined && Object.keys(user.extra).length > 0) userInfo['extra'] = user.extra
  return { roles: user.roles ?? null, clusterRoles: user.clusterRoles ?? null, userInfo }
}

/** Kyverno drops as many characters as `system:serviceaccount:` has, without looking at them. */
function splitServiceAccount(username: string): readonly string[] {
  const parts = username.slice('system:serviceaccount:'.length).split(':')
  return parts.length >= 2 ? parts : []
}
