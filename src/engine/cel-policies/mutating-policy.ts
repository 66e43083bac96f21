// Kyverno: pkg/cel/policies/mpol/{compiler/policy.go,engine/engine.go}
import { fromJson, type Program } from '../../expression/cel/index.ts'
import { deducedSchema, type SchemaNode } from '../../kubernetes/schema/schema-node.ts'
import { schemaCatalog } from '../../kubernetes/schema/schema-catalog.ts'
import type { CelMutation, MutatingPolicy } from '../../model/cel-policy.ts'
import type { Problem } from '../../model/errors.ts'
import type { JsonObject } from '../../model/json.ts'
import { diffJson } from '../../patch/diff-json.ts'
import { computeCelPolicies } from '../../policy/index.ts'
import { attempt } from '../attempt.ts'
import { failToEvaluate, skip } from '../rules/outcome.ts'
import { nothingHappened, type CompiledPolicy, type StepEvaluator, type StepInput, type StepOutcome } from '../step.ts'
import { evaluateAnnotations } from './audit-annotations.ts'
import { makeCelResult, type CelOutcome } from './cel-result.ts'
import type { CelRun } from './cel-run.ts'
import { conditionsHold } from './conditions.ts'
import { expectedTypes } from './expression-compiler.ts'
import { applyExceptions, compileCore, firstProblems, matchSubject, startRun, type CelCore, type CelTools } from './kyverno-policy.ts'
import { applyMutation } from './mutations.ts'
import { compileTargets, evaluateTargets, type CompiledTargets } from './mutation-targets.ts'

/** A mutation, compiled. */
export interface CompiledMutation {
  readonly patchType: CelMutation['patchType']
  readonly program: Program
}

interface Compiled {
  readonly policy: MutatingPolicy
  readonly core: CelCore
  readonly mutations: readonly CompiledMutation[]
  readonly targets: CompiledTargets | undefined
  readonly problems: readonly Problem[]
}

/** Prepares a MutatingPolicy, with what autogen makes of it. */
export function compileMutatingPolicy(policy: MutatingPolicy, tools: CelTools): CompiledPolicy {
  const generated = policy.mode === 'Kubernetes' ? computeCelPolicies(policy, { isBefore119: tools.version === '1.18' }) : []
  const variants = [policy, ...generated].map((variant) => compileVariant(variant as MutatingPolicy, variant === policy ? '' : ' (for Pod controllers)', tools))
  const problems = firstProblems(variants)
  // What is evaluated on documents other than resources is no business of admission.
  if (problems.length > 0 || policy.mode !== 'Kubernetes') return { policy, problems, steps: {} }
  const mutateCel: StepEvaluator = (input) => variants.reduce((before: StepOutcome, variant) => {
    const after = evaluateVariant(variant, { ...input, state: before.object === undefined ? input.state : input.state.withObject(before.object, input.environment.semantics) })
    return { results: [...before.results, ...after.results], ...(after.object === undefined ? before.object === undefined ? {} : { object: before.object } : { object: after.object }) }
  }, nothingHappened)
  return { policy, problems, steps: { mutateCel } }
}

function compileVariant(policy: MutatingPolicy, remark: string, tools: CelTools): Compiled {
  const { core, compiler, problems } = compileCore(policy, tools, { profile: 'mutating', ruleType: 'mutate', conditionsSeeVariables: true, remark })
  const mutations = policy.mutations.flatMap(({ patchType, expression, path }) => {
    const program = compiler.compile(expression, ['spec', ...path], patchType === 'JSONPatch' ? expectedTypes.jsonPatch : expectedTypes.applyConfiguration)
    return program === undefined ? [] : [{ patchType, program }]
  })
  const targets = policy.mutateExisting ? compileTargets(policy, compiler) : undefined
  return { policy, core, mutations, targets, problems: problems() }
}

function evaluateVariant(compiled: Compiled, input: StepInput): StepOutcome {
  const { core, targets } = compiled
  // The command line of 1.18 changes nothing but targets with such a policy.
  const own = targets !== undefined && input.environment.semantics === 'cli' && core.tools.version === '1.18' ? undefined : evaluateTrigger(compiled, input)
  const others = targets === undefined ? [] : evaluateTargets(targets, core, input, (run, object) => mutate(compiled, run, object, input))
  const outcomes = own === undefined ? others : [own, ...others]
  if (outcomes.length === 0) return nothingHappened
  const object = own?.status === 'pass' ? own.object : undefined
  return { results: outcomes.map((outcome) => makeCelResult(core.frame, outcome, input)), ...(object === undefined ? {} : { object }) }
}

function evaluateTrigger(compiled: Compiled, input: StepInput): CelOutcome | undefined {
  const { core } = compiled
  const subject = matchSubject(core, input)
  const { state } = input
  if (subject === undefined || state.current === undefined) return undefined
  const before = state.current.resource.object
  const result = attempt((): CelOutcome => {
    const run = startRun(subject, input)
    const ended = decideBefore(run, core)
    if (ended !== undefined) return ended
    const { object, properties } = mutate(compiled, run, before, input)
    return { status: 'pass', message: 'success', rule: '', changes: diffJson(before, object), properties, ...(object === before ? {} : { object }) }
  })
  return result.error === undefined ? result.value : { ...failToEvaluate('failed to evaluate policy', result.error), rule: 'evaluation', place: ['spec', 'mutations'] }
}

function decideBefore(run: CelRun, core: CelCore): CelOutcome | undefined {
  const exemption = applyExceptions(run, core, { ignoreErrors: false })
  if (exemption.outcome !== undefined) return { ...exemption.outcome, rule: 'exception' }
  run.bindVariables(core.variables, ({ program }) => run.evaluate(program))
  return conditionsHold(run, core.conditions) ? undefined : { ...skip('skip'), rule: '' }
}

/** What the mutations make of an object, each seeing what the ones before it made. */
export interface Mutated {
  readonly object: JsonObject
  readonly properties: Readonly<Record<string, string>>
}

function mutate({ policy, core, mutations }: Compiled, run: CelRun, before: JsonObject, input: StepInput): Mutated {
  const schema = findSchema(core.tools, input)
  let object = before
  for (const { patchType, program } of mutations) {
    const after = applyMutation(patchType, run.evaluate(program), object, { schema: schema(object), allowAtomic: policy.useServerSideApply })
    if (after === object) continue
    object = after
    run.bind('object', fromJson(object, 'int'))
  }
  return { object, properties: evaluateAnnotations(run, core.annotations) }
}

/** Of kinds that nobody described the command line knows no schema; a cluster has one, which may be like what the object itself shows. */
function findSchema({ options }: CelTools, { environment }: StepInput): (object: JsonObject) => SchemaNode | undefined {
  const catalog = options.schemas ?? schemaCatalog()
  return ({ apiVersion, kind }) => {
    const [first = '', second] = String(apiVersion).split('/')
    const [group, version] = second === undefined ? ['', first] : [first, second]
    return catalog.find(group, version, String(kind)) ?? (environment.semantics === 'cluster' ? deducedSchema : undefined)
  }
}
