import { createCelCompiler } from '../../src/engine/cel-policies/index.ts'
import { compileExceptions, compilePolicy, evaluatePolicies, type CelOptions, type Environment, type Evaluation } from '../../src/engine/index.ts'
import { parseManifests } from '../../src/manifest/index.ts'
import { EvaluationError, type Problem } from '../../src/model/errors.ts'
import type { JsonValue } from '../../src/model/json.ts'
import type { LookupRequest } from '../../src/model/lookups.ts'
import type { Trigger } from '../../src/model/resource.ts'
import { parsePolicies } from '../../src/policy/index.ts'

export interface EvaluateCelOptions extends Partial<Omit<CelOptions, 'exceptions' | 'bindings'>> {
  readonly trigger?: Partial<Trigger>
  readonly environment?: Partial<Environment>
  /** Answers of the world; anything else is unavailable. */
  answer?(request: LookupRequest): JsonValue | undefined
}

export interface CelEvaluation extends Evaluation {
  readonly problems: readonly Problem[]
}

/** Holds the first resource of a text against policies, exceptions and bindings of another. */
export function evaluateCel(policyText: string, resourceText: string, options: EvaluateCelOptions = {}): CelEvaluation {
  const { semantics = 'cluster', trigger = {}, answer, environment = {}, ...rest } = options
  const parsed = parseManifests(policyText, 'policies.yaml')
  const set = parsePolicies(parsed.resources)
  const cel = createCelCompiler({ semantics, exceptions: set.celExceptions, bindings: set.bindings, ...rest })
  const compiled = set.policies.map((policy) => compilePolicy(policy, cel))
  const [resource] = parseManifests(resourceText, 'resources.yaml').resources
  if (resource === undefined) throw new Error('no resource')
  const lookups = {
    now: 0, random: () => 0,
    get(request: LookupRequest) {
      const value = answer?.(request)
      if (value === undefined) throw new EvaluationError('LOOKUP_UNAVAILABLE', `${request.kind} is not known here`, { missing: { what: request.kind, hint: 'give it' } })
      return value
    },
  }
  const evaluation = evaluatePolicies(compiled, { resource, operation: 'CREATE', namespaceLabels: {}, ...trigger }, {
    semantics, lookups, exceptions: compileExceptions(set.exceptions), ...environment,
  })
  return { ...evaluation, problems: [...parsed.problems, ...set.problems, ...compiled.flatMap(({ problems }) => problems)] }
}
