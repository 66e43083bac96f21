import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCelCompiler } from '../../../src/engine/cel-policies/index.ts'
import { compileExceptions, compilePolicy, evaluatePolicies, type CompiledPolicy, type Environment } from '../../../src/engine/index.ts'
import { applyApiDefaults } from '../../../src/kubernetes/defaults/apply-api-defaults.ts'
import { knownKinds } from '../../../src/kubernetes/kinds.ts'
import { parseManifests, toResourceId } from '../../../src/manifest/index.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import { isJsonObject, type JsonValue } from '../../../src/model/json.ts'
import type { LookupRequest } from '../../../src/model/lookups.ts'
import type { Resource, Trigger } from '../../../src/model/resource.ts'
import type { RuleResult } from '../../../src/model/result.ts'
import { parsePolicies } from '../../../src/policy/index.ts'
import { isExcludedWhereRecorded } from '../recorded-configuration.ts'
import type { CaseResult, Suite } from '../suite.ts'

interface Line {
  readonly batch?: number
  readonly policies?: readonly string[]
  readonly resource?: readonly [apiVersion: string, kind: string, namespace: string, name: string]
  readonly allowed?: boolean
  readonly message?: string
}

const kubeVersion = '1.36'

/** What the real admission controller answers when resources are created while policies are enforced. */
export const admission: Suite = {
  name: 'admission',
  * run(corpus) {
    const resources = readPool(join(corpus, 'pool', 'tests'))
    let policies: readonly CompiledPolicy[] = []
    for (const text of readFileSync(join(corpus, 'admission', 'tests.jsonl'), 'utf8').split('\n')) {
      const line = (text === '' ? {} : JSON.parse(text)) as Line
      if (line.policies) policies = line.policies.flatMap((file) => compileFile(join(corpus, 'kyverno-policies', file)))
      if (line.resource && line.allowed !== undefined) yield judgeDecision(`${line.batch} ${line.resource.join(' ')}`, line, policies, resources)
    }
  },
}

function judgeDecision(id: string, { resource: key, allowed, message = '' }: Line, policies: readonly CompiledPolicy[], resources: ReadonlyMap<string, Resource>): CaseResult {
  const [apiVersion = '', kind = '', namespace = '', name = ''] = key ?? []
  const resource = resources.get(`${apiVersion} ${kind} ${namespace} ${name}`) ?? resources.get(`${apiVersion} ${kind}  ${name}`)
  if (resource === undefined) return { id, ok: false, detail: 'the pool has no such resource' }
  try {
    const blocking = evaluatePolicies(policies, toTrigger(resource), environment).results.filter(blocks)
    if ((blocking.length === 0) === allowed) return { id, ok: true }
    const detail = allowed ? `is allowed, but ${blocking.map(({ policy, rule, message: words }) => `${policy.name}/${rule}: ${words}`).join('; ').slice(0, 300)}` : `is refused: ${message.slice(0, 300)}`
    return { id, ok: false, detail }
  } catch (error) {
    return { id, ok: false, detail: error instanceof Error ? error.stack ?? error.message : String(error) }
  }
}

const cel = createCelCompiler({ semantics: 'cluster', kyvernoVersion: '1.18' })

function compileFile(file: string): readonly CompiledPolicy[] {
  return parsePolicies(parseManifests(readFileSync(file, 'utf8'), file).resources).policies.map((policy) => compilePolicy(policy, cel))
}

/** Everything is enforced; an error blocks too, unless the policy says that failures are ignored. */
function blocks({ status, ruleType }: RuleResult): boolean {
  return ruleType === 'validate' && (status === 'fail' || status === 'error')
}

function readPool(folder: string): ReadonlyMap<string, Resource> {
  const found = new Map<string, Resource>()
  for (const file of readdirSync(folder).toSorted()) {
    for (const resource of parseManifests(readFileSync(join(folder, file), 'utf8'), file).resources.map(admit)) {
      const { apiVersion = '' } = resource.object
      const key = `${String(apiVersion)} ${resource.id.kind} ${resource.id.namespace ?? ''} ${resource.id.name}`
      if (!found.has(key)) found.set(key, resource)
    }
  }
  return found
}

/** The object that policies see: with its namespace, and with what the API server fills in. */
function admit(resource: Resource): Resource {
  const metadata = isJsonObject(resource.object['metadata']) ? resource.object['metadata'] : {}
  const isCluster = knownKinds().find(resource.id.group, resource.id.kind)?.scope === 'Cluster'
  const placed = isCluster ? resource.object : { ...resource.object, metadata: { ...metadata, namespace: metadata['namespace'] ?? 'default' } }
  const object = applyApiDefaults(placed, { kubeVersion, beforeStorage: true })
  return { ...resource, object, id: toResourceId(object), locate: (path) => resource.locate(path) }
}

function toTrigger(resource: Resource): Trigger {
  const { namespace } = resource.id
  const namespaceLabels: Readonly<Record<string, string>> = namespace === undefined ? {} : { 'kubernetes.io/metadata.name': namespace }
  return {
    resource, operation: 'CREATE', namespaceLabels,
    ...(namespace === undefined ? {} : { namespaceObject: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: namespaceLabels } } }),
    user: { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'], clusterRoles: ['cluster-admin'] },
  }
}

/** An empty cluster: lists are empty, and nothing that is asked for by name exists. */
const environment: Environment = {
  semantics: 'cluster',
  exceptions: compileExceptions([]),
  isExcluded: isExcludedWhereRecorded,
  lookups: { now: 1_790_000_000_000, random: () => 0.5, get: answer },
}

function answer(request: LookupRequest): JsonValue | undefined {
  if (request.kind === 'resourceList') return { items: [] }
  if (request.kind === 'resource') return undefined
  if (request.kind === 'apiCall' && isList(request.urlPath)) return { items: [] }
  throw new EvaluationError('LOOKUP_FAILED', `${request.kind} not found`)
}

/** `/api/v1/namespaces/x/pods` is a list, `…/pods/y` is not. */
function isList(urlPath: string): boolean {
  const parts = (urlPath.split('?')[0] ?? '').split('/').filter((part) => part !== '')
  const rest = parts.slice(parts[0] === 'api' ? 2 : 3)
  return rest[0] === 'namespaces' ? rest.length % 2 === 1 : rest.length === 1
}
