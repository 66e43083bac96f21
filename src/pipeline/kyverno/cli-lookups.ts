// Kyverno: cmd/cli/kubectl-kyverno/store/contextloader.go, pkg/cel/libs/fake_context.go
import { EvaluationError } from '../../model/errors.ts'
import type { JsonValue } from '../../model/json.ts'
import type { LookupRequest, Lookups } from '../../model/lookups.ts'
import { describeRequest } from '../describe-request.ts'
import { createRandom, unavailable } from '../run-lookups.ts'
import { answerResource, type ObjectStore } from './object-store.ts'
import type { FindResponse, RecordedEntry } from './recorded-answers.ts'

/** What a run of Kyverno's command line can answer from. */
export interface CliWorld {
  /** What stands for the cluster; absent where the run has nothing like one. */
  readonly cluster: ObjectStore | undefined
  /** The objects of the Context file, which policies in CEL see while there is no cluster. */
  readonly contextObjects: ObjectStore
  readonly images: ReadonlyMap<string, JsonValue>
  readonly findResponse: FindResponse
  readonly hasResponses: boolean
  readonly globalContext: ReadonlyMap<string, RecordedEntry>
  readonly now: number
  readonly seed: number
}

/** Look-ups as they are answered to policies with rules and to those in CEL, which see different parts of the world. */
export interface CliLookups {
  readonly rules: Lookups
  readonly cel: Lookups
}

/** Answers from recorded responses and objects only. */
export function createCliLookups(world: CliWorld): CliLookups {
  const random = createRandom(world.seed)
  const make = (answer: (request: LookupRequest, world: CliWorld) => JsonValue | undefined): Lookups => ({ now: world.now, random, get: (request) => answer(request, world) })
  const refuses = (kind: LookupRequest['kind']): boolean => kind === 'imageData' || (kind === 'apiCall' && world.cluster === undefined && !world.hasResponses)
  return { rules: { ...make(answerRules), refuses }, cel: make(answerCel) }
}

function answerRules(request: LookupRequest, world: CliWorld): JsonValue | undefined {
  const { cluster } = world
  switch (request.kind) {
    case 'configMap':
      if (cluster === undefined) throw unavailable(request)
      return cluster.find({ apiVersion: 'v1', resource: 'configmaps', namespace: request.namespace, name: request.name })
    case 'apiCall': case 'serviceCall': return answerCall(request, world)
    case 'globalContext': return answerEntry(request, world, () => { throw unavailable(request) })
    case 'resource': case 'resourceList':
      if (cluster === undefined) throw unavailable(request)
      return answerResource(cluster, request)
    default: throw unavailable(request)
  }
}

function answerCall(request: Extract<LookupRequest, { kind: 'apiCall' | 'serviceCall' }>, { findResponse, cluster }: CliWorld): JsonValue | undefined {
  const recorded = findResponse(request.method, request.kind === 'apiCall' ? request.urlPath : request.url)
  if (recorded !== undefined) {
    if (recorded.statusCode >= 200 && recorded.statusCode < 300) return recorded.body
    throw new EvaluationError('LOOKUP_FAILED', `HTTP ${recorded.statusCode} recorded for ${describeRequest(request)}`)
  }
  if (request.kind === 'serviceCall' || cluster === undefined) throw unavailable(request)
  const answer = cluster.get(request.urlPath)
  if (answer === undefined) throw new EvaluationError('LOOKUP_FAILED', `${describeRequest(request)}: not found`)
  return answer
}

function answerCel(request: LookupRequest, world: CliWorld): JsonValue | undefined {
  switch (request.kind) {
    case 'globalContext': return answerEntry(request, world, () => undefined)
    // To CEL a recorded answer is always its status and its body.
    case 'serviceCall': return wrap(world.findResponse(request.method, request.url)) ?? refuse(request)
    case 'resource': case 'resourceList': return answerObject(request, world)
    case 'imageData': return world.images.get(request.reference)
    default: throw unavailable(request)
  }
}

function wrap(recorded: ReturnType<FindResponse>): JsonValue | undefined {
  return recorded && { body: recorded.body, statusCode: recorded.statusCode }
}

function refuse(request: LookupRequest): never {
  throw unavailable(request)
}

function answerObject(request: Extract<LookupRequest, { kind: 'resource' | 'resourceList' }>, { cluster, contextObjects }: CliWorld): JsonValue | undefined {
  const answer = answerResource(cluster ?? contextObjects, request)
  if (answer !== undefined || request.kind === 'resource') return answer
  if (cluster !== undefined) return { items: [] }
  throw new EvaluationError('LOOKUP_FAILED', `failed to list resource: ${request.resource} resource not found`)
}

function answerEntry(request: Extract<LookupRequest, { kind: 'globalContext' }>, { globalContext }: CliWorld, whenAbsent: () => JsonValue | undefined): JsonValue | undefined {
  const entry = globalContext.get(request.name)
  if (entry === undefined) return whenAbsent()
  if ('error' in entry) throw new EvaluationError('LOOKUP_FAILED', entry.error)
  if (request.projection === undefined || request.projection === '') return entry.value
  const { value } = entry
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, request.projection)) {
    throw new EvaluationError('LOOKUP_FAILED', `global context entry ${request.name} has no projection ${request.projection}`)
  }
  return (value as Readonly<Record<string, JsonValue>>)[request.projection]
}
