// Kyverno: pkg/engine/{engine,validation,mutation}.go, pkg/engine/internal/match.go
import type { RulePolicy } from '../model/policy.ts'
import type { MissingInput } from '../model/errors.ts'
import type { JsonValue } from '../model/json.ts'
import type { RuleResult } from '../model/result.ts'
import type { CompiledRulePolicy, StepRule } from './compiled-rule-policy.ts'
import { makeBaseNames } from './context/base-names.ts'
import { imagesEntry } from './context/images-entry.ts'
import { mergeNames } from './context/merge-names.ts'
import { Scope } from './context/scope.ts'
import { evaluateRule, matchesRule, type PolicyFrame } from './evaluate-rule.ts'
import type { CompiledException } from './exceptions.ts'
import { makeResult } from './make-result.ts'
import { writeRecords, type VerificationRecord } from './rules/verify-images/verification-records.ts'
import { nothingHappened, type Step, type StepInput, type StepOutcome } from './step.ts'
import type { TriggerState } from './trigger-state.ts'

/** Evaluates the rules of a policy that take part in a step, in order; each sees what the ones before it changed. */
export function evaluateRulePolicy(compiled: CompiledRulePolicy, step: Step, input: StepInput): StepOutcome {
  const rules = compiled.rulesFor(step, input.trigger.resource.id.kind)
  if (rules.length === 0 || !coversTrigger(compiled.policy, input.state)) return nothingHappened
  const sink: StepSink = {}
  let { state } = input
  let frame: Frame | undefined
  for (const rule of rules) {
    if (!matchesRule(rule.compiled, state.subject)) continue
    if (frame !== undefined) state = state.evaluated
    if (frame?.input.state !== state) frame = new Frame(compiled, step, withState(input, state))
    const after = evaluateStepRule(rule, frame, sink)
    if (after === undefined) return { results: sink.results ?? noResults, lost: true }
    state = after
    if (isEnough(compiled.policy, sink)) break
  }
  return toOutcome(sink, state, input)
}

const noResults: readonly RuleResult[] = []

function withState(input: StepInput, state: TriggerState): StepInput {
  return state === input.state ? input : { ...input, state }
}

function toOutcome(sink: StepSink, state: TriggerState, input: StepInput): StepOutcome {
  const { records, isChanged = false } = sink
  const results = sink.results ?? noResults
  const outcome = !isChanged || state.current === undefined ? { results } : { results, object: state.current.resource.object }
  return records === undefined ? outcome : withRecords(outcome, records, state, input.environment)
}

/** Where rules put what they came to. Most policies have one result for a resource and no records: lists are made when there is something in them. */
interface StepSink {
  results?: RuleResult[]
  records?: VerificationRecord[]
  /** Whether one of them changed the object. */
  isChanged?: boolean
}

/** The CLI writes down what it found about images policy by policy, each over the one before; a webhook once, for all of them. */
function withRecords(outcome: StepOutcome, records: readonly VerificationRecord[], state: TriggerState, environment: StepInput['environment']): StepOutcome {
  if (environment.semantics !== 'cli' || state.current === undefined) return { ...outcome, records }
  return { ...outcome, object: writeRecords(state.current.resource.object, records) }
}

/** Gives the state after the rule; nothing where the object is lost. */
function evaluateStepRule({ compiled: rule, handler }: StepRule, frame: PolicyFrame, sink: StepSink): TriggerState | undefined {
  const { step, input } = frame
  const evaluation = evaluateRule(rule, handler, frame)
  let { state } = input
  for (const outcome of evaluation.outcomes) {
    const result = makeResult({ compiled: frame.compiled, rule, step, outcome, evaluation, state })
    if (sink.results === undefined) sink.results = [result]
    else sink.results.push(result)
    if (outcome.object) state = state.withObject(outcome.object, input.environment.semantics)
    else if (outcome.status === 'error' && outcome.losesObject === true && input.environment.semantics === 'cli') return undefined
  }
  if (state !== input.state) sink.isChanged = true
  if (evaluation.records.length > 0) (sink.records ??= []).push(...evaluation.records)
  return state
}

/** `applyRules: One` ends with a rule that passes or fails; a result that was there before would have ended it before. */
function isEnough({ applyRules }: RulePolicy, { results }: StepSink): boolean {
  return applyRules === 'One' && results?.some(({ status }) => status === 'pass' || status === 'fail') === true
}

/** A namespaced policy is about the resources of its namespace only. */
function coversTrigger(policy: RulePolicy, { current, old }: TriggerState): boolean {
  if (policy.kind !== 'Policy') return true
  const namespace = policy.namespace ?? 'default'
  return [current, old].every((view) => view === undefined || view.metadata.namespace === namespace)
}

/** One is made for every policy and resource, and a class costs less than an object with functions of its own. */
class Frame implements PolicyFrame {
  readonly compiled: CompiledRulePolicy
  readonly step: Step
  readonly input: StepInput

  constructor(compiled: CompiledRulePolicy, step: Step, input: StepInput) {
    this.compiled = compiled
    this.step = step
    this.input = input
  }

  exceptionsFor(rule: string): readonly CompiledException[] {
    const { exceptions } = this.input.environment
    return exceptions.length === 0 ? exceptions : exceptions.filter(({ names }) => names(this.compiled.key, rule))
  }

  baseScope(missing: MissingInput[]): Scope {
    return makeBaseScope(this.compiled, this.input, missing)
  }
}

function makeBaseScope({ policy, queries }: CompiledRulePolicy, input: StepInput, missing: MissingInput[]): Scope {
  const { state, environment } = input
  const settings = {
    queries, missing, lookups: environment.lookups, isDelete: state.trigger.operation === 'DELETE', leavesOutUnavailable: environment.semantics === 'cli',
  }
  const names = readBaseNames(state, environment.semantics)
  const supplied = environment.values?.forPolicy(policy, input.trigger.resource)
  const view = state.matched
  return Scope.create(settings, supplied ? mergeNames(names, supplied) : names, view ? [imagesEntry(view)] : [])
}

/** One object for all policies that look at the same state. */
const baseNames = new WeakMap<TriggerState, Readonly<Record<string, JsonValue>>>()

function readBaseNames(state: TriggerState, semantics: StepInput['environment']['semantics']): Readonly<Record<string, JsonValue>> {
  let names = baseNames.get(state)
  if (names === undefined) baseNames.set(state, names = makeBaseNames(state, semantics))
  return names
}
