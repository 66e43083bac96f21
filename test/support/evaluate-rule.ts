import { compileExceptions, compilePolicy, evaluatePolicies, type Environment, type Evaluation } from '../../src/engine/index.ts'
import { parseManifests, toResourceId } from '../../src/manifest/index.ts'
import { EvaluationError } from '../../src/model/errors.ts'
import type { JsonObject } from '../../src/model/json.ts'
import type { Resource, Trigger } from '../../src/model/resource.ts'
import type { RuleResult } from '../../src/model/result.ts'
import { parsePolicies } from '../../src/policy/index.ts'

/** A resource made in memory. */
export function makeResource(object: JsonObject): Resource {
  return { id: toResourceId(object), object, locate: () => undefined }
}

/** The usual victim. */
export const pod = makeResource({
  apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
  spec: { containers: [{ name: 'main', image: 'nginx:1.27', ports: [{ containerPort: 80 }] }, { name: 'side', image: 'envoy:latest' }] },
})

export interface Situation {
  readonly trigger?: Partial<Trigger>
  readonly environment?: Partial<Environment>
  readonly spec?: JsonObject
  readonly exceptions?: readonly JsonObject[]
  readonly policy?: JsonObject
}

/** Evaluates a policy with the given rules on one trigger; fails on any problem. */
export function evaluateRules(rules: readonly JsonObject[], situation: Situation = {}): Evaluation {
  const document = { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'p' }, spec: { ...situation.spec, rules }, ...situation.policy }
  const exceptions = (situation.exceptions ?? []).map((spec, index) => ({ apiVersion: 'kyverno.io/v2', kind: 'PolicyException', metadata: { name: `e${index}`, namespace: 'ns' }, spec }))
  const parsed = parsePolicies([document, ...exceptions].flatMap((object) => parseManifests(JSON.stringify(object), 'p.json').resources))
  const compiled = parsed.policies.map((policy) => compilePolicy(policy))
  const problems = [...parsed.problems, ...compiled.flatMap((policy) => policy.problems)].filter(({ severity }) => severity === 'error')
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'))
  const environment: Environment = {
    semantics: 'cluster', exceptions: compileExceptions(parsed.exceptions), lookups: offline, ...situation.environment,
  }
  return evaluatePolicies(compiled, { resource: pod, operation: 'CREATE', namespaceLabels: {}, ...situation.trigger }, environment)
}

/** The one result of one rule. */
export function evaluateRule(rule: JsonObject, situation?: Situation): RuleResult {
  const { results: [result, ...others] } = evaluateRules([{ name: 'r', match: { any: [{ resources: { kinds: ['Pod'] } }] }, ...rule }], situation)
  if (result === undefined || others.length > 0) throw new Error(`expected one result, got ${others.length + (result ? 1 : 0)}`)
  return result
}

const offline: Environment['lookups'] = {
  now: 0, random: () => 0,
  get({ kind }) {
    throw new EvaluationError('LOOKUP_UNAVAILABLE', `no ${kind}`, { missing: { what: kind, hint: 'give it' } })
  },
}
