// Kyverno: pkg/cel/policies/*/compiler/policy.go
import { costLimits, type CallContext, type Program } from '../../expression/cel/index.ts'
import { knownKinds, type KindTable } from '../../kubernetes/kinds.ts'
import type { KyvernoCelPolicy } from '../../model/cel-policy.ts'
import type { Problem } from '../../model/errors.ts'
import type { Lookups } from '../../model/lookups.ts'
import type { RuleType } from '../../model/result.ts'
import type { StepInput } from '../step.ts'
import { compileAnnotations, type CompiledAnnotation } from './audit-annotations.ts'
import type { CelOptions } from './cel-options.ts'
import { makeResultFrame, type ResultFrame } from './cel-result.ts'
import { CelRun, type EvaluateProgram } from './cel-run.ts'
import { toCelSubject, type CelSubject } from './cel-subject.ts'
import { createEnvironments, type FindEnvironment, type KyvernoVersion, type Profile } from './environments.ts'
import { compileCelExceptions, evaluateExceptions, type CompiledCelException, type Exemption } from './exceptions.ts'
import { ExpressionCompiler, type CompiledVariable } from './expression-compiler.ts'
import { compileConstraints, type ConstraintMatcher } from './match-constraints.ts'
import { forKyverno, type RequestVariables } from './request-variables.ts'

/** What all policies of a run are compiled with. */
export interface CelTools {
  readonly options: CelOptions
  readonly version: KyvernoVersion
  readonly kinds: KindTable
  readonly findEnvironment: FindEnvironment
}

export function makeCelTools(options: CelOptions): CelTools {
  const version = options.kyvernoVersion ?? '1.19'
  return { options, version, kinds: options.kinds ?? knownKinds(), findEnvironment: createEnvironments(version) }
}

/** What Kyverno's kinds have in common, compiled. */
export interface CelCore {
  readonly frame: ResultFrame
  readonly matches: ConstraintMatcher
  readonly conditions: readonly Program[]
  readonly variables: readonly CompiledVariable[]
  readonly annotations: readonly CompiledAnnotation[]
  readonly exceptions: readonly CompiledCelException[]
  readonly tools: CelTools
  readonly namespace: string | undefined
}

export interface CoreOptions {
  readonly profile: Profile
  readonly ruleType: RuleType
  /** Conditions may say `variables`. */
  readonly conditionsSeeVariables?: boolean
  readonly anyOperation?: boolean
  /** What autogen made of the policy, for messages. */
  readonly remark?: string
}

/** Compiles what kinds have in common, and gives the compiler for what they have of their own; its problems are to be asked for last. */
export function compileCore(policy: KyvernoCelPolicy, tools: CelTools, core: CoreOptions): { core: CelCore; compiler: ExpressionCompiler; problems: () => readonly Problem[] } {
  const { conditionsSeeVariables = false, anyOperation = false, remark = '' } = core
  const namespace = policy.kind.startsWith('Namespaced') ? policy.namespace ?? 'default' : undefined
  const environment = tools.findEnvironment(core.profile, namespace)
  const compiler = new ExpressionCompiler(environment, policy, { remark })
  compiler.introduceVariables()
  const compileConditions = (): readonly Program[] => compiler.compileConditions(policy.matchConditions, ['spec', 'matchConditions'])
  const early = conditionsSeeVariables ? undefined : compileConditions()
  const variables = compiler.compileVariables(policy.variables, ['spec', 'variables'])
  const { exceptions, problems } = compileCelExceptions(policy, environment, tools.options)
  return {
    core: {
      frame: makeResultFrame(policy, core.ruleType),
      matches: compileConstraints(policy.matchConstraints, { anyOperation }),
      conditions: early ?? compileConditions(), variables, annotations: compileAnnotations(compiler, policy.auditAnnotations), exceptions, tools, namespace,
    },
    compiler,
    problems: () => [...compiler.problems, ...problems],
  }
}

/** What is wrong with a policy, or else with what autogen made of it: the same mistake is reported once. */
export function firstProblems(variants: readonly { readonly problems: readonly Problem[] }[]): readonly Problem[] {
  return variants.find(({ problems }) => problems.length > 0)?.problems ?? []
}

const withinCallLimit: EvaluateProgram = (program, bindings, context) => program.evaluate(bindings, { context, costLimit: costLimits.call })
const withoutLimit: EvaluateProgram = (program, bindings, context) => program.evaluate(bindings, { context })

const contexts = new WeakMap<Lookups, CallContext>()

function contextFor(lookups: Lookups): CallContext {
  let context = contexts.get(lookups)
  if (context === undefined) contexts.set(lookups, context = { lookups })
  return context
}

/** The subject, where the policy is about it. In a cluster the policies of a namespace see its resources only; the command line does not look. */
export function matchSubject({ frame, matches, tools, namespace }: CelCore, { state, environment }: StepInput): CelSubject | undefined {
  if (state.matched === undefined) return undefined
  const subject = toCelSubject(state, tools.kinds, environment.semantics)
  if (environment.semantics === 'cli') return matches(frame.ruleType === 'delete' ? subject : withOldLabels(subject)) ? subject : undefined
  if (namespace !== undefined && subject.namespace !== namespace) return undefined
  return matches(subject) ? subject : undefined
}

/**
 * Where there was no object before, Kyverno hands on an empty one, and its missing labels please a selector that asks for their absence. In a cluster
 * the selector stands in the webhook, so the API server decides first.
 */
function withOldLabels(subject: CelSubject): CelSubject {
  return subject.oldLabels === undefined ? { ...subject, oldLabels: {} } : subject
}

interface RunOptions {
  /** Kinds that Kyverno compiles without Kubernetes' environment have no limit of costs. */
  readonly isUnlimited?: boolean
  readonly context?: Partial<CallContext>
}

/** Starts an evaluation on a request. */
export function startRun(subject: CelSubject, { state, environment }: StepInput, { isUnlimited = false, context }: RunOptions = {}): CelRun {
  return startRunWith(forKyverno(state, subject, environment.semantics), environment.lookups, { isUnlimited, ...(context ? { context } : {}) })
}

export function startRunWith(variables: RequestVariables, lookups: Lookups, { isUnlimited = false, context }: RunOptions): CelRun {
  const base = contextFor(lookups)
  return new CelRun(variables, context === undefined ? base : { ...base, ...context }, isUnlimited ? withoutLimit : withinCallLimit)
}

/** Exceptions first; where none ends the evaluation, `exceptions` says what they allow. */
export function applyExceptions(run: CelRun, { exceptions }: CelCore, { ignoreErrors }: { readonly ignoreErrors: boolean }): Exemption {
  const exemption = exceptions.length === 0 ? nothingExempt : evaluateExceptions(run, exceptions, { ignoreErrors })
  if (exemption.outcome === undefined) run.bind('exceptions', { allowedImages: exemption.allowedImages, allowedValues: exemption.allowedValues })
  return exemption
}

const nothingExempt: Exemption = { allowedImages: [], allowedValues: [] }
