// Kyverno: cmd/cli/kubectl-kyverno/commands/apply/command.go (applyPolicies)
import { evaluateResponses, type CompiledPolicy, type PolicyResponse, type ResponseOptions } from '../../engine/index.ts'
import type { ApplyReport, ApplyResponse } from '../../model/apply-report.ts'
import { KnownError, type Problem } from '../../model/errors.ts'
import type { Policy } from '../../model/policy.ts'
import type { Resource } from '../../model/resource.ts'
import { computeRules } from '../../policy/index.ts'
import { compileCliPolicies } from '../kyverno/compile-cli-policies.ts'
import { keepResponses } from '../kyverno/keep-responses.ts'
import { createTriggers } from '../kyverno/make-triggers.ts'
import { InputError } from '../kyverno/read-documents.ts'
import { createApplyWorld } from './apply-world.ts'
import type { ApplyOptions } from './apply-options.ts'
import { loadApply, type LoadedApply } from './load-apply.ts'
import { processOf } from './processing.ts'

/** Applies policies to resources: `kyverno apply` as a function. */
export async function runApply(options: ApplyOptions): Promise<ApplyReport> {
  const loaded = await loadApply(options)
  const { policies } = loaded
  const compiled = await compileCliPolicies(
    { ...policies.set, celExceptions: loaded.exceptions.celExceptions },
    { semantics: options.compat ? 'cli' : 'cluster', ...(options.compat ? { kyvernoVersion: '1.18' } : {}), kinds: loaded.kinds, parameters: loaded.parameters.map(({ object }) => object), definitions: loaded.definitions },
  )
  const { ready, invalid, problems } = sortOut(compiled, options)
  const evaluation = await evaluateAll(ready, loaded, options)
  return {
    ruleCount: (options.compat ? compiled : ready).reduce((count, { policy }) => count + countRules(policy), 0),
    resourceCount: loaded.resources.length + loaded.payloads.length,
    exceptionCount: loaded.exceptions.exceptions.length + loaded.exceptions.celExceptions.length,
    responses: evaluation.responses,
    invalid: [...policies.invalid, ...invalid],
    problems: [...policies.problems, ...loaded.problems, ...problems, ...evaluation.problems],
  }
}

function countRules(policy: Policy): number {
  return policy.kind === 'ClusterPolicy' || policy.kind === 'Policy' ? computeRules(policy, '').length : 1
}

/** Policies that can be evaluated; of the others Kyverno skips those with rules, and one in CEL ends the run, or with `continueOnFail` every evaluation in silence. */
function sortOut(compiled: readonly CompiledPolicy[], { compat, continueOnFail }: ApplyOptions) {
  const broken = compiled.flatMap(({ policy, problems }) => {
    const error = problems.find(({ severity, code }) => severity === 'error' && code !== 'UNSUPPORTED_RULE')
    return error === undefined ? [] : [{ policy, error }]
  })
  const inCel = broken.find(({ policy: { kind } }) => kind !== 'ClusterPolicy' && kind !== 'Policy')
  if (compat && inCel !== undefined && !continueOnFail) throw new InputError(`failed to compile policy ${inCel.policy.name}: ${inCel.error.message}`)
  return {
    ready: compat && inCel !== undefined ? [] : compiled.filter(({ policy }) => !broken.some((one) => one.policy === policy)),
    invalid: compat ? broken.map(({ policy: { name }, error }) => ({ name, reason: error.message })).filter(({ name }) => name !== inCel?.policy.name) : [],
    problems: compiled.flatMap(({ problems }) => problems).filter((problem) => !compat || problem.code === 'UNSUPPORTED_RULE'),
  }
}

interface ApplyEvaluation {
  readonly responses: readonly ApplyResponse[]
  readonly problems: readonly Problem[]
}

async function evaluateAll(policies: readonly CompiledPolicy[], loaded: LoadedApply, options: ApplyOptions): Promise<ApplyEvaluation> {
  const world = createApplyWorld(loaded, options)
  const settings: ResponseOptions = { makeTrigger: createTriggers(world.triggers), environmentOf: world.environmentOf, order: options.compat ? 'cli' : 'cluster' }
  const responses: ApplyResponse[] = []
  const problems: Problem[] = []
  const evaluate = async (list: readonly CompiledPolicy[], resource: Resource, isPayload: boolean): Promise<void> => {
    try {
      const answers = await world.settle(() => evaluateResponses(list, resource, settings))
      if (options.compat && !options.continueOnFail) refuseBrokenDeletions(answers, isPayload)
      for (const response of keepResponses(answers, { isBefore119: options.compat })) responses.push(toApplyResponse(response, resource, isPayload))
    } catch (error) {
      if (!(error instanceof KnownError) || !options.continueOnFail) throw error
      problems.push({ code: error.code, severity: 'error', message: `${resource.id.kind} ${resource.id.name} was not evaluated: ${error.message}` })
    }
  }
  // What has a place of its own in the order of Kyverno's output comes after everything else.
  const isLate = ({ policy }: CompiledPolicy): boolean => policy.kind.endsWith('ImageValidatingPolicy') || policy.kind.endsWith('DeletingPolicy')
  for (const list of [policies.filter((policy) => !isLate(policy)), policies.filter(isLate)]) {
    for (const resource of loaded.resources) await evaluate(list, resource, false)
    for (const payload of loaded.payloads) await evaluate(list.filter(({ policy }) => takesPayloads(policy)), payload, true)
  }
  return { responses, problems: options.compat ? [] : problems }
}

/** A DeletingPolicy that cannot be evaluated ends Kyverno's run. */
function refuseBrokenDeletions(answers: readonly PolicyResponse[], isPayload: boolean): void {
  const broken = answers.filter(({ step }) => step === 'delete').flatMap(({ results }) => results).find(({ status }) => status === 'error')
  if (broken !== undefined) throw new InputError(`failed to apply deleting policies on ${isPayload ? 'JSON payload' : 'resource'}: ${broken.message}`)
}

function takesPayloads(policy: Policy): boolean {
  return policy.kind.endsWith('ImageValidatingPolicy') || policy.kind.endsWith('DeletingPolicy') || ('mode' in policy && policy.mode === 'JSON')
}

const stepNames = {
  mutate: 'mutate', mutateCel: 'mutate', mutateAdmission: 'mutate', generate: 'generate', generateCel: 'generate', delete: 'delete',
  verifyImages: 'validate', validate: 'validate', validateAdmission: 'validate', validateCel: 'validate', pinImages: 'validate', verifyImagesCel: 'validate', requireImages: 'validate',
} as const satisfies Record<PolicyResponse['step'], ApplyResponse['step']>

function toApplyResponse({ policy, step, results, resource: after }: PolicyResponse, resource: Resource, isPayload: boolean): ApplyResponse {
  const { kind, name, namespace, annotations, source } = policy
  const isNamespaced = namespace !== undefined && (kind === 'Policy' || kind.startsWith('Namespaced') || kind === 'CleanupPolicy')
  return {
    policy: { kind, name, annotations, ...(isNamespaced ? { namespace } : {}), ...(source === undefined ? {} : { source }) },
    step: stepNames[step], process: processOf(policy), resource, isPayload, results,
    ...(stepNames[step] === 'mutate' && after !== undefined ? { patched: after } : {}),
  }
}
