// Kyverno: pkg/cel/policies/dpol/{compiler/policy.go,engine/engine.go}
import type { Program } from '../../expression/cel/index.ts'
import type { DeletingPolicy } from '../../model/cel-policy.ts'
import { attempt } from '../attempt.ts'
import { fail, failToEvaluate, pass } from '../rules/outcome.ts'
import { nothingHappened, type CompiledPolicy, type StepEvaluator, type StepInput } from '../step.ts'
import { TriggerState } from '../trigger-state.ts'
import { makeCelResult, type CelOutcome } from './cel-result.ts'
import { isPayload, toCelSubject } from './cel-subject.ts'
import { conditionsHold } from './conditions.ts'
import { compileCore, matchSubject, startRun, type CelCore, type CelTools } from './kyverno-policy.ts'

/** Prepares a DeletingPolicy. It runs on a schedule, so admission has nothing to say of it; the command line says what it would delete. */
export function compileDeletingPolicy(policy: DeletingPolicy, tools: CelTools): CompiledPolicy {
  const { core, compiler, problems } = compileCore(policy, tools, { profile: 'deleting', ruleType: 'delete', conditionsSeeVariables: true, anyOperation: true })
  const conditions = compiler.compileConditions(policy.conditions, ['spec', 'conditions'])
  const found = problems()
  if (found.length > 0) return { policy, problems: found, steps: {} }
  const evaluateStep: StepEvaluator = (input) => {
    if (input.environment.semantics === 'cluster') return nothingHappened
    // Not what mutating policies would make of it, but what is there.
    const original = { ...input, state: TriggerState.start(input.trigger, input.environment.semantics) }
    const outcome = evaluate(core, conditions, original)
    return outcome === undefined ? nothingHappened : { results: [makeCelResult(core.frame, outcome, original)] }
  }
  return { policy, problems: found, steps: { delete: evaluateStep } }
}

const keeps = 'resource did not match'

function evaluate(core: CelCore, conditions: readonly Program[], input: StepInput): CelOutcome | undefined {
  const subject = isPayload(input) ? toCelSubject(input.state, core.tools.kinds, input.environment.semantics) : matchSubject(core, input)
  const rule = core.frame.policy.name
  // 1.18 does not tell apart what a policy is not about and what it would keep.
  if (subject === undefined) return core.tools.version === '1.18' ? { ...fail(keeps), rule, place: ['spec', 'matchConstraints'] } : undefined
  const run = startRun(subject, input, { isUnlimited: core.tools.version !== '1.18' })
  run.bindVariables(core.variables, ({ program }) => run.evaluate(program))
  const result = attempt(() => !isExempt(core, run) && conditionsHold(run, conditions))
  if (result.error !== undefined) return { ...failToEvaluate('', result.error), message: result.error.message, rule, place: ['spec', 'conditions'] }
  return { ...(result.value ? pass('resource matched') : fail(keeps)), rule, place: ['spec', 'conditions'] }
}

/** An exempt resource counts as one that does not match. */
function isExempt({ exceptions }: CelCore, run: ReturnType<typeof startRun>): boolean {
  return exceptions.filter(({ conditions }) => conditionsHold(run, conditions)).length > 0
}
