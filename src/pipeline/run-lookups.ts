import { EvaluationError, type MissingInput } from '../model/errors.ts'
import type { JsonValue } from '../model/json.ts'
import { lookupKey, LookupPending, type LookupRequest, type Lookups } from '../model/lookups.ts'
import { answerFromObjects, type KnownCluster } from './answer-from-objects.ts'
import type { ClusterView } from './cluster-view.ts'

/** Loads from outside what nothing at hand answers; `undefined` means "asked, and it does not exist". */
export type LookupLoader = (request: LookupRequest) => Promise<JsonValue | undefined>

/** The look-ups of one run: answered from the checked resources, then by a loader where one is allowed. Every answer is remembered. */
export interface RunLookups {
  readonly lookups: Lookups
  /** Fetches an answer that was pending. A failure is an answer too: the rule that asked ends in an error. */
  load(request: LookupRequest): Promise<void>
}

export interface RunLookupOptions {
  readonly view: ClusterView
  /** Kinds, so that objects answer API calls too; without them only ConfigMaps are answered. */
  readonly objects?: Pick<KnownCluster, 'kinds' | 'isComplete' | 'onPartialList'>
  /** Milliseconds since 1970. */
  readonly now: number
  /** Same seed, same random numbers. */
  readonly seed: number
  readonly loader?: LookupLoader
}

type Answer = { readonly value: JsonValue | undefined } | { readonly error: EvaluationError }

/** Makes the port through which the engine asks. */
export function createRunLookups({ view, now, seed, loader, objects }: RunLookupOptions): RunLookups {
  const answers = new Map<string, Answer>()
  const random = createRandom(seed)
  const known: KnownCluster | undefined = objects === undefined ? undefined : { ...objects, view, environment: { now, random } }
  const answerFromView = (request: LookupRequest): Answer | undefined => {
    if (known === undefined) return configMapFromView(view, request)
    // Who can be asked knows more than a part of the objects.
    const isPart = loader !== undefined && request.kind !== 'configMap' && request.kind !== 'resource'
    const answer = isPart ? undefined : answerFromObjects(request, known)
    if (answer !== undefined) answers.set(lookupKey(request), answer)
    return answer
  }
  const get = (request: LookupRequest): JsonValue | undefined => {
    const answer = answers.get(lookupKey(request)) ?? answerFromView(request)
    if (answer === undefined && loader !== undefined) throw new LookupPending(request)
    if (answer === undefined) throw unavailable(request)
    if ('error' in answer) throw answer.error
    return answer.value
  }
  const load = async (request: LookupRequest): Promise<void> => {
    try {
      answers.set(lookupKey(request), { value: await loader?.(request) })
    } catch (cause) {
      answers.set(lookupKey(request), { error: failed(request, cause) })
    }
  }
  return { lookups: { get, now, random }, load }
}

function configMapFromView(view: ClusterView, request: LookupRequest): Answer | undefined {
  if (request.kind !== 'configMap') return undefined
  const value = view.find('', 'ConfigMap', request.namespace, request.name)
  return value === undefined ? undefined : { value }
}

function failed(request: LookupRequest, cause: unknown): EvaluationError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new EvaluationError('LOOKUP_FAILED', `${describe(request)} could not be loaded: ${reason}`, { cause })
}

/** Nobody supplied the answer; says how to. */
export function unavailable(request: LookupRequest): EvaluationError {
  const missing: MissingInput = { what: describe(request), hint: hints[request.kind] }
  return new EvaluationError('LOOKUP_UNAVAILABLE', `${missing.what} is not known here`, { missing })
}

const supplyValue = 'give the variable a value in a values file (-f)'

const hints: Readonly<Record<LookupRequest['kind'], string>> = {
  configMap: `add it to the checked resources, or ${supplyValue}`,
  apiCall: `give a snapshot of the cluster (--cluster-snapshot), or ${supplyValue}`,
  serviceCall: supplyValue,
  globalContext: supplyValue,
  imageData: supplyValue,
  imageVerification: 'signatures are kept in the registry, which was not asked',
  resource: 'add it to the checked resources or to a snapshot of the cluster (--cluster-snapshot)',
  resourceList: 'lists of the cluster are not known without it or a snapshot (--cluster-snapshot)',
}

/** What was asked for, in words. */
export function describe(request: LookupRequest): string {
  switch (request.kind) {
    case 'configMap': return `ConfigMap ${request.namespace}/${request.name}`
    case 'apiCall': return `the answer of the API server to ${request.method} ${request.urlPath}`
    case 'serviceCall': return `the answer of ${request.method} ${request.url}`
    case 'globalContext': return `global context entry ${request.name}`
    case 'imageData': return `the data of image ${request.reference}`
    case 'imageVerification': return `the signatures of image ${request.reference}`
    case 'resource': return `${request.resource} ${request.namespace === '' ? '' : `${request.namespace}/`}${request.name} (${request.apiVersion})`
    case 'resourceList': return `the list of ${request.resource} (${request.apiVersion})${request.namespace === '' ? '' : ` in ${request.namespace}`}`
  }
}

/** mulberry32: small and good enough for names; not for secrets. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }
}
