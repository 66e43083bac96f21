import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createCelCompiler } from '../../../src/engine/cel-policies/index.ts'
import { compileExceptions, compilePolicy, evaluatePolicies, type CompiledPolicy, type Environment } from '../../../src/engine/index.ts'
import { applyApiDefaults } from '../../../src/kubernetes/defaults/apply-api-defaults.ts'
import { parseManifests, toResourceId } from '../../../src/manifest/index.ts'
import { EvaluationError } from '../../../src/model/errors.ts'
import { isJsonObject, type JsonObject } from '../../../src/model/json.ts'
import { parsePolicies } from '../../../src/policy/index.ts'
import { diffText, judge } from '../compare.ts'
import { withoutServerValues } from '../server-values.ts'
import { isExcludedWhereRecorded } from '../recorded-configuration.ts'
import type { CaseResult, Suite } from '../suite.ts'

interface Recorded {
  readonly policyFile: string
  readonly desired: JsonObject
  /** Absent where the API server refused the object. */
  readonly liveWith?: JsonObject
}

const kubeVersion = '1.36'

/** What a real API server with the real admission controller makes of a resource while a mutating policy is in force. */
export const mutations: Suite = {
  name: 'mutations',
  * run(corpus): Iterable<CaseResult> {
    const compiled = new Map<string, readonly CompiledPolicy[]>()
    for (const [index, row] of readFileSync(join(corpus, 'live', 'mutations.jsonl'), 'utf8').trim().split('\n').entries()) {
      const { policyFile, desired, liveWith } = JSON.parse(row) as Recorded
      if (liveWith?.['metadata'] === undefined) continue
      let policies = compiled.get(policyFile)
      if (policies === undefined) compiled.set(policyFile, policies = compileFile(join(corpus, 'kyverno-policies', policyFile)))
      const { kind, metadata } = desired as { kind: string; metadata: { name: string } }
      yield judge(`${index + 1} ${policyFile} ${kind} ${metadata.name}`, withoutServerValues(liveWith, desired), () => withoutServerValues(predict(policies, desired), desired), diffText)
    }
  },
}

const cel = createCelCompiler({ semantics: 'cluster', kyvernoVersion: '1.18' })

function compileFile(file: string): readonly CompiledPolicy[] {
  return parsePolicies(parseManifests(readFileSync(file, 'utf8'), file).resources).policies.map((policy) => compilePolicy(policy, cel))
}

/** Policies see what the API server has filled in; what they change, it completes again. */
function predict(policies: readonly CompiledPolicy[], desired: JsonObject): JsonObject {
  const object = applyApiDefaults(desired, { kubeVersion, beforeStorage: true })
  const { metadata } = object
  const namespace = isJsonObject(metadata) && typeof metadata['namespace'] === 'string' ? metadata['namespace'] : ''
  const namespaceLabels: Record<string, string> = namespace === '' ? {} : { 'kubernetes.io/metadata.name': namespace }
  const resource = { id: toResourceId(object), object, locate: () => undefined }
  const mutated = evaluatePolicies(policies, {
    resource, operation: 'CREATE', namespaceLabels,
    namespaceObject: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels: namespaceLabels } },
    user: { username: 'kubernetes-admin', groups: ['system:masters', 'system:authenticated'], clusterRoles: ['cluster-admin'] },
  }, environment).resource.object
  return applyApiDefaults(mutated === object ? desired : mutated, { kubeVersion })
}

const environment: Environment = {
  semantics: 'cluster',
  exceptions: compileExceptions([]),
  isExcluded: isExcludedWhereRecorded,
  lookups: {
    now: 1_790_000_000_000, random: () => 0.5,
    get({ kind }) {
      throw new EvaluationError('LOOKUP_FAILED', `${kind} not found`)
    },
  },
}
