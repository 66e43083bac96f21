import { compileExceptions, compilePolicy, evaluatePolicies, type CompiledPolicy, type Environment, type Evaluation } from '../../src/engine/index.ts'
import { parseManifests, toResourceId } from '../../src/manifest/index.ts'
import { EvaluationError } from '../../src/model/errors.ts'
import type { JsonObject, JsonValue } from '../../src/model/json.ts'
import type { LookupRequest } from '../../src/model/lookups.ts'
import type { Resource, Trigger } from '../../src/model/resource.ts'
import { parsePolicies } from '../../src/policy/index.ts'

/** A resource made in memory. */
export function toResource(object: JsonObject): Resource {
  return { id: toResourceId(object), object, locate: () => undefined }
}

/** A ClusterPolicy of the given rules, compiled; fails on any problem. */
export function compileRules(rules: string, spec = ''): CompiledPolicy {
  const text = `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: p}\nspec:\n${spec}  rules:\n${rules.replace(/^/gm, '  ')}\n`
  const { policies, problems } = parsePolicies(parseManifests(text, 'policy.yaml').resources)
  const compiled = policies.map((policy) => compilePolicy(policy))
  const all = [...problems, ...compiled.flatMap((policy) => policy.problems)]
  if (all.length > 0 || compiled[0] === undefined) throw new Error(all.map(({ message }) => message).join('\n') || 'no policy')
  return compiled[0]
}

/** An environment in which only the given answers are known. */
export function makeEnvironment(fields: Partial<Environment> = {}, answer: (request: LookupRequest) => JsonValue | undefined = unknown): Environment {
  return { semantics: 'cluster', exceptions: compileExceptions([]), lookups: { now: 0, random: () => 0, get: answer }, ...fields }
}

function unknown({ kind }: LookupRequest): never {
  throw new EvaluationError('LOOKUP_UNAVAILABLE', `no ${kind}`, { missing: { what: kind, hint: 'supply it' } })
}

/** What policies make of an object that is created. */
export function evaluateOn(object: JsonObject, policies: readonly CompiledPolicy[], environment = makeEnvironment(), trigger: Partial<Trigger> = {}): Evaluation {
  return evaluatePolicies(policies, { resource: toResource(object), operation: 'CREATE', namespaceLabels: {}, ...trigger }, environment)
}
