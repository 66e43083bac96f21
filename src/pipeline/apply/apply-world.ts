import { compileExceptions, type Environment, type EnvironmentOf } from '../../engine/index.ts'
import type { Policy } from '../../model/policy.ts'
import type { LookupRequest, Lookups } from '../../model/lookups.ts'
import { createClusterView, type ClusterView } from '../cluster-view.ts'
import { createCliLookups } from '../kyverno/cli-lookups.ts'
import { createLoadingLookups } from '../kyverno/loading-lookups.ts'
import type { TriggerOptions } from '../kyverno/make-triggers.ts'
import { createObjectStore } from '../kyverno/object-store.ts'
import type { LookupLoader } from '../loaded-answers.ts'
import { createSuppliedValues } from '../supplied-values.ts'
import type { ApplyOptions } from './apply-options.ts'
import type { LoadedApply } from './load-apply.ts'

/** What policies see besides the resource. */
export interface ApplyWorld {
  readonly environmentOf: EnvironmentOf
  readonly triggers: TriggerOptions
  settle<T>(evaluate: () => T): Promise<T>
}

/** The resources of a run are its cluster: their Namespaces and ConfigMaps count, unless Kyverno's answers are wanted. */
export function createApplyWorld(loaded: LoadedApply, options: ApplyOptions): ApplyWorld {
  const { inputs, user, exceptions, resources, targets, parameters } = loaded
  const values = createSuppliedValues(inputs)
  const all = [...resources, ...targets, ...parameters]
  // Kyverno has a client for what is changed besides the resource only where the command line gives it something to find.
  const reachable = options.compat && options.cluster === undefined ? [...targets, ...parameters] : all
  const loading = createLoadingLookups(makeLoader(options), (request) => isAskedOutside(request, options))
  const lookups = makeLookups(loaded, options)
  const shared = {
    exceptions: compileExceptions(exceptions.exceptions), ...(values === undefined ? {} : { values }),
    ...(options.compat && reachable.length === 0 ? {} : { targets: reachable }), cloneSources: () => all,
  }
  const make = (own: Lookups, semantics: Environment['semantics']): Environment => ({ ...shared, semantics, lookups: loading.wrap(own) })
  const semantics = options.compat ? 'cli' : 'cluster'
  const [rules, cel, commandLine] = [make(lookups.rules, semantics), make(lookups.cel, semantics), make(lookups.cel, 'cli')]
  return {
    environmentOf: (policy) => (policy.kind === 'ClusterPolicy' || policy.kind === 'Policy' ? rules : isForCommandLine(policy) ? commandLine : cel),
    triggers: { inputs, user, celSeesCreations: options.compat, ...makeNamespaces(loaded, options) },
    settle: loading.settle,
  }
}

function makeLookups({ resources, targets, parameters, context, kinds }: LoadedApply, { compat, now }: ApplyOptions) {
  const objects = [...resources, ...targets, ...parameters].map(({ object }) => object)
  const everything = createObjectStore([...objects, ...context.resources], kinds)
  const rest = { images: context.images, findResponse: () => undefined, hasResponses: false, globalContext: new Map<string, never>(), now, seed: now }
  // Kyverno has nothing like a cluster here: policies in CEL see the Context file, those with rules nothing at all.
  const contextObjects = createObjectStore(context.resources, kinds)
  return createCliLookups({ ...rest, cluster: compat ? undefined : everything, contextObjects })
}

/** What is no business of admission: deletions on a schedule, and documents that are no resources. */
function isForCommandLine(policy: Policy): boolean {
  return policy.kind.endsWith('DeletingPolicy') || ('mode' in policy && policy.mode === 'JSON')
}

/** Kyverno knows of a Namespace what values files say of it. */
function makeNamespaces({ resources, inputs }: LoadedApply, { compat }: ApplyOptions): Pick<TriggerOptions, 'namespaceLabels' | 'namespaceObject'> {
  const view: ClusterView = createClusterView(compat ? [] : resources, inputs)
  const known = new Set([...inputs.namespaceLabels.keys(), ...inputs.namespaces.map(({ metadata }) => String((metadata as { readonly name?: unknown } | undefined)?.name))])
  return {
    namespaceLabels({ id }) {
      const name = id.namespace ?? ''
      if (name === '' || (compat && !known.has(name))) return {}
      const { 'kubernetes.io/metadata.name': automatic, ...labels } = view.namespaceLabels(name)
      return compat || automatic === undefined ? labels : { ...labels, 'kubernetes.io/metadata.name': automatic }
    },
    namespaceObject: (name) => view.namespaceObject(name) ?? namespaceOf(name, inputs),
  }
}

function namespaceOf(name: string, { namespaceLabels }: LoadedApply['inputs']) {
  const labels = namespaceLabels.get(name)
  return labels && { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }
}

function isAskedOutside(request: LookupRequest, { cluster, registry }: ApplyOptions): boolean {
  if (request.kind === 'imageData') return registry !== undefined
  return cluster !== undefined && (request.kind === 'configMap' || request.kind === 'apiCall' || request.kind === 'resource' || request.kind === 'resourceList')
}

function makeLoader({ cluster, registry }: ApplyOptions): LookupLoader | undefined {
  if (cluster === undefined && registry === undefined) return undefined
  return async (request) => (request.kind === 'imageData' ? await registry?.(request) : await cluster?.loader(request))
}
