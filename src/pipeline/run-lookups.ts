import { EvaluationError, type MissingInput } from '../model/errors.ts'
import type { JsonValue } from '../model/json.ts'
import { LookupPending, type LookupRequest, type Lookups } from '../model/lookups.ts'
import { answerFromObjects, type KnownCluster } from './answer-from-objects.ts'
import type { ClusterView } from './cluster-view.ts'
import { describeRequest } from './describe-request.ts'
import { LoadedAnswers, valueOf, type Answer, type LookupLoader } from './loaded-answers.ts'

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

/** Makes the port through which the engine asks. */
export function createRunLookups({ view, now, seed, loader, objects }: RunLookupOptions): RunLookups {
  const answers = new LoadedAnswers(loader)
  const random = createRandom(seed)
  const known: KnownCluster | undefined = objects === undefined ? undefined : { ...objects, view, environment: { now, random } }
  const answerFromView = (request: LookupRequest): Answer | undefined => {
    if (known === undefined) return configMapFromView(view, request)
    // Who can be asked knows more than a part of the objects.
    const isPart = loader !== undefined && request.kind !== 'configMap' && request.kind !== 'resource'
    const answer = isPart ? undefined : answerFromObjects(request, known)
    if (answer !== undefined) answers.add(request, answer)
    return answer
  }
  const get = (request: LookupRequest): JsonValue | undefined => {
    const answer = answers.find(request) ?? answerFromView(request)
    if (answer === undefined && loader !== undefined) throw new LookupPending(request)
    if (answer === undefined) throw unavailable(request)
    return valueOf(answer)
  }
  return { lookups: { get, now, random }, load: (request) => answers.load(request) }
}

function configMapFromView(view: ClusterView, request: LookupRequest): Answer | undefined {
  if (request.kind !== 'configMap') return undefined
  const value = view.find('', 'ConfigMap', request.namespace, request.name)
  return value === undefined ? undefined : { value }
}

/** Nobody supplied the answer; says how to. */
export function unavailable(request: LookupRequest): EvaluationError {
  const missing: MissingInput = { what: describeRequest(request), hint: hints[request.kind] }
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
