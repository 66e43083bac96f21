import { compileExceptions, compilePolicy, evaluatePolicies } from '../../src/engine/index.ts'
import { parseManifests } from '../../src/manifest/index.ts'
import { EvaluationError } from '../../src/model/errors.ts'
import type { RuleResult } from '../../src/model/result.ts'
import { parsePolicies } from '../../src/policy/index.ts'

/** Holds the resources of one text against the policies of another, as they would be created; nothing outside is known. Fails on any problem. */
export function evaluateManifests(policyText: string, resourceText: string): readonly RuleResult[] {
  const documents = parseManifests(policyText, 'policies.yaml')
  const { policies, problems } = parsePolicies(documents.resources)
  const manifests = parseManifests(resourceText, 'resources.yaml')
  const compiled = policies.map((policy) => compilePolicy(policy))
  const all = [...documents.problems, ...problems, ...manifests.problems, ...compiled.flatMap((policy) => policy.problems)]
  if (all.length > 0) throw new Error(all.map(({ message }) => message).join('\n'))
  const environment = {
    semantics: 'cluster' as const,
    exceptions: compileExceptions([]),
    lookups: { now: 0, random: () => 0, get: ({ kind }: { kind: string }) => { throw new EvaluationError('LOOKUP_UNAVAILABLE', kind) } },
  }
  return manifests.resources.flatMap((resource) => evaluatePolicies(compiled, { resource, operation: 'CREATE', namespaceLabels: {} }, environment).results)
}
