// Kyverno: pkg/engine/engine.go (invokeRuleHandler)
import type { MissingInput } from '../model/errors.ts'
import { attempt } from './attempt.ts'
import type { CompiledRule } from './compile-rule.ts'
import type { CompiledRulePolicy } from './compiled-rule-policy.ts'
import type { Scope } from './context/scope.ts'
import type { CompiledException } from './exceptions.ts'
import type { MatchSubject } from './match/match-subject.ts'
import { findMissingInputs } from './missing-inputs.ts'
import { failToEvaluate, skip, type RuleOutcome } from './rules/outcome.ts'
import type { RuleHandler } from './rules/rule-compiler.ts'
import { RuleRun } from './rules/rule-run.ts'
import type { VerificationRecord } from './rules/verify-images/verification-records.ts'
import type { Step, StepInput } from './step.ts'

/** What a rule came to, with what every outcome of it has in common. */
export interface RuleEvaluation {
  readonly outcomes: readonly RuleOutcome[]
  readonly reportProperties: Readonly<Record<string, string>>
  readonly missing: readonly MissingInput[]
  readonly records: readonly VerificationRecord[]
}

/** What a policy's rules have in common while they are evaluated on one state. */
export interface PolicyFrame {
  readonly compiled: CompiledRulePolicy
  readonly step: Step
  readonly input: StepInput
  /** The exceptions that name a rule. */
  exceptionsFor(rule: string): readonly CompiledException[]
  /** The outermost scope of a rule. */
  baseScope(missing: MissingInput[]): Scope
}

/**
 * Evaluates one rule that matched: context, preconditions, exceptions, body. Here, and only here, an evaluation error becomes
 * the status `error`.
 */
export function evaluateRule(compiled: CompiledRule, handler: RuleHandler, frame: PolicyFrame): RuleEvaluation {
  const missing: MissingInput[] = []
  const run = startRun(compiled, frame, missing)
  let held: readonly RuleOutcome[] | undefined
  const result = attempt(() => (held = evaluateGate(compiled, handler, run)) ?? evaluate(compiled, handler, frame, run))
  const outcomes = result.error ? [failToEvaluate('failed to evaluate rule', result.error)] : result.value
  const { trigger, state: { subject } } = frame.input
  if (subject) for (const input of findMissingInputs(compiled.rule, trigger, subject, outcomes)) missing.push(input)
  // Kyverno substitutes them after the preconditions, and never for what happens in the background.
  const areWritten = held !== undefined || frame.step === 'generate'
  return { outcomes, reportProperties: areWritten ? compiled.rule.reportProperties : readReportProperties(compiled, run), missing, records: run.fields.records }
}

function startRun({ rule, entries }: CompiledRule, frame: PolicyFrame, missing: MissingInput[]): RuleRun {
  const { trigger, state, environment } = frame.input
  const { policy } = frame.compiled
  return new RuleRun({ policy, rule, trigger, state, environment, missing, records: [], exceptions: noExceptions, nesting: 0 }, () => {
    const base = frame.baseScope(missing)
    const values = environment.values?.forRule(policy, rule.name)
    if (values === undefined) return entries.length === 0 ? base : base.extend({}, entries)
    const supplied = base.mergeSupplied(values)
    // The CLI loads such an entry where it can; a cluster's values are given because nothing here can load it.
    const isNeeded = ({ name }: { readonly name: string }): boolean => environment.semantics === 'cli' || !Object.hasOwn(supplied, name)
      || rule.context.some((entry) => entry.name === name && entry.kind === 'variable')
    return base.extend(supplied, entries.filter(isNeeded))
  })
}

/** What ends the evaluation before the rule's own work, and before Kyverno substitutes the rule's report properties. */
function evaluateGate({ preconditions }: CompiledRule, handler: RuleHandler, run: RuleRun): readonly RuleOutcome[] | undefined {
  const begun = handler.begin?.(run)
  if (begun || !preconditions || handler.treatsConditions === true) return begun
  const verdict = attempt(() => preconditions.evaluate(run))
  if (verdict.error) return [failToEvaluate('failed to evaluate preconditions', verdict.error)]
  return verdict.value.holds ? undefined : [skip(joinNonEmpty(['preconditions not met', verdict.value.message], '; '))]
}

function evaluate(compiled: CompiledRule, handler: RuleHandler, frame: PolicyFrame, run: RuleRun): readonly RuleOutcome[] {
  const exceptions = findExceptions(frame.exceptionsFor(compiled.rule.name), run)
  if (exceptions.length > 0 && !handler.treatsExceptions) return [skipForExceptions(exceptions)]
  const outcome = handler.evaluate(exceptions.length > 0 ? run.with({ exceptions }, () => run.scope) : run)
  return outcome === undefined ? [] : 'status' in outcome ? [outcome] : outcome
}

const noExceptions: readonly CompiledException[] = []

/** An exception whose conditions cannot be evaluated does not apply. */
function findExceptions(candidates: readonly CompiledException[], run: RuleRun): readonly CompiledException[] {
  const subject = run.fields.state.subject
  if (candidates.length === 0 || subject === undefined) return noExceptions
  return candidates.filter((candidate) => candidate.matches(subject) && conditionsHold(candidate, run))
}

function conditionsHold({ conditions }: CompiledException, run: RuleRun): boolean {
  if (conditions === undefined) return true
  const verdict = attempt(() => conditions.evaluate(run))
  return !verdict.error && verdict.value.holds
}

/** Kyverno writes no space before the first key. */
function skipForExceptions(exceptions: readonly CompiledException[]): RuleOutcome {
  const keys = exceptions.map(({ key }) => key)
  return { ...skip(`rule is skipped due to policy exceptions${keys.join(', ')}`), exceptions: keys }
}

/** The one object that stands for no properties. */
export const noProperties: Readonly<Record<string, string>> = {}

/** Properties that cannot be substituted stay as written. */
function readReportProperties({ rule, reportProperties }: CompiledRule, run: RuleRun): Readonly<Record<string, string>> {
  if (reportProperties.isConstant) return Object.keys(rule.reportProperties).length === 0 ? noProperties : rule.reportProperties
  const result = attempt(() => reportProperties.evaluate(run))
  if (result.error) return rule.reportProperties
  return Object.fromEntries(Object.entries(result.value as object).map(([key, value]) => [key, String(value)]))
}

/** Whether the rule's blocks match the subject; a resource that was lost matches nothing. */
export function matchesRule({ matcher }: CompiledRule, subject: MatchSubject | undefined): boolean {
  return subject !== undefined && matcher.matches(subject)
}

function joinNonEmpty(parts: readonly string[], separator: string): string {
  return parts.filter((part) => part !== '').join(separator)
}

