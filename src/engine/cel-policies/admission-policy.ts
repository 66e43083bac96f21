// Kyverno: pkg/admissionpolicy/{validate,mutate}.go; apiserver: pkg/admission/plugin/policy/{generic,validating,mutating}
import { costLimits, fromJson, type CelValue } from '../../expression/cel/index.ts'
import { deducedSchema } from '../../kubernetes/schema/schema-node.ts'
import { schemaCatalog } from '../../kubernetes/schema/schema-catalog.ts'
import type { AdmissionPolicy, AdmissionPolicyBinding, CelMutation, MutatingAdmissionPolicy, ValidatingAdmissionPolicy } from '../../model/cel-policy.ts'
import type { Problem } from '../../model/errors.ts'
import type { FailureAction } from '../../model/failure-action.ts'
import type { JsonObject } from '../../model/json.ts'
import { diffJson } from '../../patch/diff-json.ts'
import { attempt } from '../attempt.ts'
import { failToEvaluate, pass, skip } from '../rules/outcome.ts'
import { nothingHappened, type CompiledPolicy, type StepEvaluator, type StepInput, type StepOutcome } from '../step.ts'
import type { ResourceView } from '../resource-view.ts'
import type { TriggerState } from '../trigger-state.ts'
import { AdmissionCompiler, evaluateAdmission, optionalVariables, type AdmissionProgram } from './admission-expressions.ts'
import {
  admissionConditionsHold, compileAdmissionCore, compileAdmissionValidations, evaluateAdmissionValidations, startAdmissionRun, type AdmissionCore, type AdmissionInput,
} from './admission-run.ts'
import { makeCelResult, makeResultFrame, type CelOutcome } from './cel-result.ts'
import { toCelSubject } from './cel-subject.ts'
import { expectedTypes, ExpressionCompiler } from './expression-compiler.ts'
import type { CelTools } from './kyverno-policy.ts'
import { compileConstraints, type ConstraintMatcher } from './match-constraints.ts'
import { createMentionFinder } from './mentioned-paths.ts'
import { applyMutation } from './mutations.ts'
import { findParams } from './params.ts'
import { forKubernetes } from './request-variables.ts'

/** One binding, or what stands for one where none is known. */
interface CompiledBinding {
  readonly binding: AdmissionPolicyBinding | undefined
  readonly matches: ConstraintMatcher
  readonly failureAction: FailureAction
}

interface Compiled {
  readonly policy: AdmissionPolicy
  readonly core: AdmissionCore
  readonly matches: ConstraintMatcher
  readonly bindings: readonly CompiledBinding[]
  readonly tools: CelTools
  /** What the policy does with an object once its conditions hold; nothing where it has nothing to object to. */
  readonly act: (input: AdmissionInput, object: JsonObject, step: StepInput) => CelOutcome
}

/** Prepares one of Kubernetes' own admission policies. */
export function compileAdmissionPolicy(policy: AdmissionPolicy, tools: CelTools): CompiledPolicy {
  const isCluster = tools.options.semantics === 'cluster'
  const problems = new ExpressionCompiler(tools.findEnvironment('admission'), policy)
  // The API server refuses a policy with a broken expression; Kyverno's command line evaluates it and finds out then.
  const compiler = new AdmissionCompiler(tools.findEnvironment('admission'), isCluster ? problems : undefined, optionalVariables({ hasParams: policy.paramKind !== undefined, hasAuthorizer: isCluster }))
  const core = compileAdmissionCore(compiler, policy, { conditions: ['spec', 'matchConditions'], variables: ['spec', 'variables'] })
  const act = policy.kind === 'ValidatingAdmissionPolicy' ? compileValidating(policy, compiler, core) : compileMutating(policy, compiler, { core, tools })
  if (problems.problems.length > 0) return { policy, problems: problems.problems, steps: {} }
  const compiled: Compiled = { policy, core, act, tools, matches: compileConstraints(policy.matchConstraints), bindings: compileBindings(policy, tools) }
  const evaluateStep: StepEvaluator = (input) => evaluate(compiled, input)
  return { policy, problems: isCluster ? warnUnbound(compiled) : [], steps: policy.kind === 'ValidatingAdmissionPolicy' ? { validateAdmission: evaluateStep } : { mutateAdmission: evaluateStep } }
}

/** The binding may be in the cluster already, or be forgotten. */
function warnUnbound({ policy, bindings }: Compiled): readonly Problem[] {
  if (bindings.some(({ binding }) => binding !== undefined)) return []
  const effect = policy.kind === 'ValidatingAdmissionPolicy' ? 'its results are only reported' : 'its mutations are predicted all the same'
  return [{
    code: 'UNBOUND_POLICY', severity: 'warning', policy: policy.name, ...(policy.source ? { location: policy.source } : {}),
    message: `there is no ${policy.kind}Binding of ${policy.name} here, and without one it does nothing in a cluster: ${effect}`,
  }]
}

/** In a cluster a policy without a binding does nothing; one that only was not given here must not block anything. */
function compileBindings(policy: AdmissionPolicy, { options }: CelTools): readonly CompiledBinding[] {
  const bindings = (options.bindings ?? []).filter(({ kind, policyName }) => kind === `${policy.kind}Binding` && policyName === policy.name)
  if (bindings.length === 0) return [{ binding: undefined, matches: () => true, failureAction: options.semantics === 'cluster' && policy.kind === 'ValidatingAdmissionPolicy' ? 'Audit' : 'Enforce' }]
  return bindings.map((binding) => ({
    binding,
    matches: binding.matchResources === undefined ? () => true : compileConstraints(binding.matchResources),
    failureAction: policy.kind === 'MutatingAdmissionPolicy' || binding.validationActions.includes('Deny') ? 'Enforce' : 'Audit',
  }))
}

function compileValidating(policy: ValidatingAdmissionPolicy, compiler: AdmissionCompiler, core: AdmissionCore): Compiled['act'] {
  const validations = compileAdmissionValidations(compiler, policy.validations, ['spec', 'validations'])
  // They go into the API server's audit log only, but a wrong one has the policy refused.
  policy.auditAnnotations.forEach(({ valueExpression }, index) => compiler.compile(valueExpression, ['spec', 'auditAnnotations', index, 'valueExpression'], expectedTypes.text))
  const findMentioned = createMentionFinder(policy.variables)
  return (input, object) => {
    const found = evaluateAdmissionValidations(startAdmissionRun(core, input, costLimits.policy), validations, { object, findMentioned })
    return found === undefined ? { ...pass(''), rule: policy.name } : { ...found.outcome, rule: policy.name, place: found.place }
  }
}

interface CompiledMutation {
  readonly patchType: CelMutation['patchType']
  readonly program: AdmissionProgram
}

function compileMutating(policy: MutatingAdmissionPolicy, compiler: AdmissionCompiler, { core, tools }: { readonly core: AdmissionCore; readonly tools: CelTools }): Compiled['act'] {
  const mutations = policy.mutations.map(({ patchType, expression, path }): CompiledMutation => ({
    patchType, program: compiler.compile(expression, ['spec', ...path], patchType === 'JSONPatch' ? expectedTypes.jsonPatch : expectedTypes.applyConfiguration),
  }))
  return (input, before, step) => {
    let object = before
    for (const { patchType, program } of mutations) {
      const run = startAdmissionRun(core, { ...input, variables: { ...input.variables, object: object === before ? input.variables.object : fromJson(object, 'int') } }, costLimits.policy)
      const value = evaluateAdmission(program, (one) => run.evaluate(one))
      object = applyMutation(patchType, value, object, { schema: findSchema(object, step, tools), allowAtomic: false })
    }
    return { ...pass('mutation is successfully applied'), rule: policy.name, changes: diffJson(before, object), ...(object === before ? {} : { object }) }
  }
}

/** Kyverno's command line asks no schema at all: it merges by what the object looks like. */
function findSchema({ apiVersion, kind }: JsonObject, { environment }: StepInput, { options }: CelTools) {
  if (environment.semantics === 'cli') return deducedSchema
  const [first = '', second] = String(apiVersion).split('/')
  const [group, version] = second === undefined ? ['', first] : [first, second]
  return (options.schemas ?? schemaCatalog()).find(group, version, String(kind)) ?? deducedSchema
}

/** Each binding is asked; the command line reports the last one that matches, a cluster what is worst. */
function evaluate(compiled: Compiled, input: StepInput): StepOutcome {
  const isCli = input.environment.semantics === 'cli'
  let { state } = input
  let chosen: CelOutcome | undefined
  for (const binding of compiled.bindings) {
    if (!isAbout(compiled, binding, { ...input, state })) continue
    for (const outcome of evaluateBinding(compiled, binding, { ...input, state })) {
      if (isCli || chosen === undefined || severityOf(outcome) >= severityOf(chosen)) chosen = outcome
      if (outcome.status === 'pass' && outcome.object) state = state.withObject(outcome.object, input.environment.semantics)
    }
  }
  return chosen === undefined ? nothingHappened : toStepOutcome(compiled.policy, chosen, { input, state })
}

function toStepOutcome(policy: AdmissionPolicy, outcome: CelOutcome, { input, state }: { readonly input: StepInput; readonly state: TriggerState }): StepOutcome {
  if (policy.kind === 'ValidatingAdmissionPolicy') return { results: [makeCelResult(makeResultFrame(policy, 'validate'), outcome, input)] }
  // The command line only logs that a mutation failed.
  if (outcome.status === 'error' && input.environment.semantics === 'cli') return nothingHappened
  const frame = makeResultFrame(policy, 'mutate')
  if (state === input.state || state.current === undefined || outcome.status !== 'pass') return { results: [makeCelResult(frame, outcome, { ...input, state })] }
  const { object } = state.current.resource
  const changes = diffJson((input.state.current as ResourceView).resource.object, object)
  return { results: [makeCelResult(frame, { ...outcome, changes }, { ...input, state })], object }
}

/** Where there are bindings, the command line does not look at what the policy itself is about. */
function isAbout({ matches, tools }: Compiled, { binding, matches: bindingMatches }: CompiledBinding, { state, environment }: StepInput): boolean {
  if (state.matched === undefined) return false
  const subject = toCelSubject(state, tools.kinds, environment.semantics)
  return ((binding !== undefined && environment.semantics === 'cli') || matches(subject)) && bindingMatches(subject)
}

const severities = { skip: 0, pass: 1, fail: 2, error: 3 } as const

function severityOf({ status, failureAction }: CelOutcome): number {
  return severities[status] + (failureAction === 'Enforce' && (status === 'fail' || status === 'error') ? 10 : 0)
}

function evaluateBinding({ policy, core, act, tools }: Compiled, { binding, failureAction }: CompiledBinding, input: StepInput): readonly CelOutcome[] {
  const { state, environment } = input
  const subject = toCelSubject(state, tools.kinds, environment.semantics)
  const variables = forKubernetes(state, subject, {
    isRule: false, semantics: environment.semantics, ...(environment.semantics === 'cli' && tools.version !== '1.18' ? { nobodyIs: 'system:kyverno:background-scan' } : {}),
  })
  const object = state.matched?.resource.object ?? {}
  // An error that the policy ignores blocks nothing; the command line reports it all the same.
  const onError: FailureAction = policy.failurePolicy === 'Ignore' ? 'Audit' : failureAction
  const failed = (error: Parameters<typeof failToEvaluate>[1]): CelOutcome => ({ ...failToEvaluate('', error), message: error.message, rule: policy.name, failureAction: onError })
  const params = attempt((): readonly CelValue[] => (binding?.paramRef === undefined || policy.paramKind === undefined ? [null] : findParams(policy.paramKind, binding.paramRef, input, tools)))
  if (params.error !== undefined) return [failed(params.error)]
  return params.value.map((param) => {
    const admission: AdmissionInput = { variables, params: param, lookups: environment.lookups }
    const result = attempt((): CelOutcome => (conditionsMatch(policy, core, admission)
      ? act(admission, object, input) : { ...skip("match conditions aren't met"), rule: policy.name }))
    if (result.error !== undefined) return failed(result.error)
    return { ...result.value, failureAction: result.value.status === 'error' ? onError : failureAction }
  })
}

function conditionsMatch({ failurePolicy }: AdmissionPolicy, core: AdmissionCore, input: AdmissionInput): boolean {
  const result = attempt(() => admissionConditionsHold(core, input))
  if (result.error === undefined) return result.value
  if (failurePolicy === 'Ignore') return false
  throw result.error
}
