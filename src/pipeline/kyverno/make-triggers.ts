// Kyverno: cmd/cli/kubectl-kyverno/processor/policy_processor.go (makePolicyContext), variables/variables.go, processor/operation.go
import { mergeNames, type MakeTrigger } from '../../engine/index.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { Policy } from '../../model/policy.ts'
import { withObject, type Labels, type Operation, type Resource, type Trigger, type UserInfo } from '../../model/resource.ts'
import type { SuppliedInputs } from '../values-file.ts'

export interface TriggerOptions {
  readonly inputs: SuppliedInputs
  readonly user?: UserInfo | undefined
  /** Of the result that is checked; wins over values files. */
  readonly operation?: Operation | undefined
  /** Policies in CEL are asked about creations only, as by Kyverno 1.18. */
  readonly celSeesCreations?: boolean
  namespaceLabels(resource: Resource): Labels
  namespaceObject(name: string): JsonObject | undefined
}

/** Makes the requests of a run. Requests that differ in nothing are the same object. */
export function createTriggers(options: TriggerOptions): MakeTrigger {
  const known = new WeakMap<Resource, Map<string, Trigger>>()
  return (policy, resource) => {
    const values = policy.kind === 'ClusterPolicy' || policy.kind === 'Policy' ? computeValues(policy, resource, options.inputs) : undefined
    const operation = options.operation ?? chooseOperation(values ?? (options.celSeesCreations === true ? {} : options.inputs.globalValues))
    const changes = values && Object.entries(values).filter(([name]) => /^request\.(?:oldObject|object)(?:\.|$)/.test(name))
    if (changes !== undefined && changes.length > 0) return makeTrigger(changeResource(resource, changes, operation), operation, options)
    const triggers = known.get(resource) ?? new Map<string, Trigger>()
    known.set(resource, triggers)
    // The parent of a subresource is known to policies with rules only.
    const key = `${operation} ${values === undefined}`
    const trigger = triggers.get(key) ?? makeTrigger(values === undefined ? { resource } : toParent(resource, options.inputs), operation, options)
    triggers.set(key, trigger)
    return trigger
  }
}

type Values = Readonly<Record<string, JsonValue>>

function computeValues(policy: Policy, resource: Resource, { globalValues, resourceValues, settings }: SuppliedInputs): Values {
  const own = resourceValues.get(policy.name)?.get(resource.id.name)
  return own === undefined ? { ...globalValues, ...settings } : { ...globalValues, ...own, ...settings }
}

/** Everything but UPDATE and DELETE is created. */
function chooseOperation(values: Values): Operation {
  const given = values['request.operation']
  return given === 'UPDATE' || given === 'DELETE' ? given : 'CREATE'
}

interface Subject {
  readonly resource: Resource
  readonly oldResource?: Resource
  readonly subresource?: string
}

function makeTrigger({ resource, oldResource, subresource }: Subject, operation: Operation, options: TriggerOptions): Trigger {
  const { user } = options
  const namespaceObject = options.namespaceObject(resource.id.namespace ?? '')
  return {
    resource, operation, namespaceLabels: options.namespaceLabels(resource),
    ...(operation === 'UPDATE' ? { oldResource: oldResource ?? resource } : {}),
    ...(namespaceObject === undefined ? {} : { namespaceObject }), ...(user === undefined ? {} : { user }), ...(subresource === undefined ? {} : { subresource }),
  }
}

/** A values file can say that a kind is a subresource: rules then see a request for its parent. */
function toParent(resource: Resource, { subresources }: SuppliedInputs): Subject {
  const { id } = resource
  const text = (object: JsonValue | undefined, name: string): string => (isJsonObject(object) && typeof object[name] === 'string' ? object[name] : '')
  for (const { subresource, parentResource } of subresources) {
    if (text(subresource, 'kind') !== id.kind || text(subresource, 'group') !== id.group || text(subresource, 'version') !== id.version) continue
    const parent = { ...id, group: text(parentResource, 'group'), version: text(parentResource, 'version'), kind: text(parentResource, 'kind') }
    const [, name = ''] = text(subresource, 'name').split('/')
    return { resource: withObject(resource, resource.object, parent), subresource: name }
  }
  return { resource }
}

/** Values for `request.object.…` change the resource itself: Kyverno reads it back from its context. */
function changeResource(resource: Resource, changes: readonly (readonly [string, JsonValue])[], operation: Operation): Subject {
  const { object } = resource
  const { request } = mergeNames({ request: { object, oldObject: object } }, Object.fromEntries(changes)) as { readonly request: JsonObject }
  const changed = (name: 'object' | 'oldObject'): Resource => {
    const value = request[name]
    return withObject(resource, isJsonObject(value) ? value : object)
  }
  if (operation === 'DELETE') return { resource: changed('oldObject') }
  return operation === 'UPDATE' ? { resource: changed('object'), oldResource: changed('oldObject') } : { resource: changed('object') }
}
