// Kyverno: cmd/cli/kubectl-kyverno/processor/policy_processor.go (discoverCELTargets, targetMatchPredicate), pkg/background/mpol
import { fromJson, isList, isPlainMap, type CelValue, type Program } from '../../expression/cel/index.ts'
import type { MutatingPolicy } from '../../model/cel-policy.ts'
import type { JsonObject } from '../../model/json.ts'
import { withObject, type Resource } from '../../model/resource.ts'
import { diffJson } from '../../patch/diff-json.ts'
import { attempt } from '../attempt.ts'
import { failToEvaluate, skip } from '../rules/outcome.ts'
import type { StepInput } from '../step.ts'
import { TriggerState } from '../trigger-state.ts'
import type { CelOutcome } from './cel-result.ts'
import type { CelRun } from './cel-run.ts'
import { toCelSubject } from './cel-subject.ts'
import { conditionsHold } from './conditions.ts'
import { expectedTypes, type ExpressionCompiler } from './expression-compiler.ts'
import { applyExceptions, matchSubject, startRun, type CelCore } from './kyverno-policy.ts'
import { compileConstraints, type ConstraintMatcher } from './match-constraints.ts'

/** Which resources besides its trigger a policy changes. */
export interface CompiledTargets {
  readonly matches: ConstraintMatcher
  readonly expression: Program | undefined
  readonly conditions: readonly Program[]
}

export function compileTargets(policy: MutatingPolicy, compiler: ExpressionCompiler): CompiledTargets {
  const { targetMatchConstraints, targetExpression, targetMatchConditions } = policy
  const constraints = targetMatchConstraints !== undefined && targetMatchConstraints.resourceRules.length > 0 ? targetMatchConstraints : policy.matchConstraints
  return {
    matches: compileConstraints(constraints, { anyOperation: true }),
    expression: targetExpression === undefined ? undefined
      : compiler.compile(targetExpression, ['spec', 'targetMatchConstraints', 'expression'], expectedTypes.target),
    conditions: compiler.compileConditions(targetMatchConditions, ['spec', 'targetMatchConditions']),
  }
}

/** Changes an object by the policy's mutations. */
type Mutate = (run: CelRun, object: JsonObject) => { readonly object: JsonObject; readonly properties: Readonly<Record<string, string>> }

/** One outcome a target. In a cluster the trigger must be one of the policy's; the command line does not look. */
export function evaluateTargets(targets: CompiledTargets, core: CelCore, input: StepInput, mutate: Mutate): readonly CelOutcome[] {
  const { state, environment } = input
  const candidates = environment.targets ?? []
  if (candidates.length === 0 || state.matched === undefined) return []
  if (environment.semantics === 'cluster' && !triggers(core, input)) return []
  const subject = toCelSubject(state, core.tools.kinds, environment.semantics)
  const chosen = attempt(() => chooseTargets(targets, core, input, startRun(subject, input)))
  if (chosen.error !== undefined) return [{ ...failToEvaluate('failed to discover CEL targets', chosen.error), rule: 'evaluation', place: ['spec', 'targetMatchConstraints'] }]
  return candidates.filter((candidate) => chosen.value(candidate)).map((target) => evaluateTarget(targets, core, target, { input, mutate }))
}

function triggers(core: CelCore, input: StepInput): boolean {
  const subject = matchSubject(core, input)
  if (subject === undefined) return false
  const run = startRun(subject, input)
  run.bindVariables(core.variables, ({ program }) => run.evaluate(program))
  const result = attempt(() => conditionsHold(run, core.conditions))
  return result.error === undefined && result.value
}

/** By an expression that gives a resource or a list of them, or by constraints. */
function chooseTargets({ expression, matches }: CompiledTargets, core: CelCore, { environment }: StepInput, run: CelRun): (resource: Resource) => boolean {
  if (expression === undefined) {
    return (resource) => matches(toCelSubject(targetState(resource, environment.semantics), core.tools.kinds, environment.semantics))
  }
  run.bindVariables(core.variables, ({ program }) => run.evaluate(program))
  const found = run.evaluate(expression)
  const items = isPlainMap(found) && Object.hasOwn(found, 'items') ? found['items'] : undefined
  const keys = new Set((items !== undefined && isList(items) ? items : [found]).map(keyOf))
  return ({ object }) => keys.has(keyOf(object))
}

function keyOf(object: CelValue): string {
  const metadata = isPlainMap(object) && Object.hasOwn(object, 'metadata') ? object['metadata'] as CelValue : null
  const text = (name: string): string => (isPlainMap(metadata) && typeof metadata[name] === 'string' ? metadata[name] : '')
  return `${text('namespace')}/${text('name')}`
}

function targetState(resource: Resource, semantics: StepInput['environment']['semantics']): TriggerState {
  return TriggerState.start({ resource, operation: 'UPDATE', namespaceLabels: {} }, semantics)
}

/** Expressions see the target as `object`; the trigger is `request.object`. */
function evaluateTarget({ conditions }: CompiledTargets, core: CelCore, target: Resource, { input, mutate }: { readonly input: StepInput; readonly mutate: Mutate }): CelOutcome {
  const subject = toCelSubject(input.state, core.tools.kinds, input.environment.semantics)
  const run = startRun(subject, input)
  run.bind('object', fromJson(target.object, 'int'))
  run.bind('oldObject', {})
  run.bind('namespaceObject', null)
  const result = attempt((): CelOutcome => {
    const exemption = applyExceptions(run, core, { ignoreErrors: false })
    if (exemption.outcome !== undefined) return { ...exemption.outcome, rule: 'exception' }
    run.bindVariables(core.variables, ({ program }) => run.evaluate(program))
    if (!conditionsHold(run, conditions)) return { ...skip('skip'), rule: '' }
    const { object, properties } = mutate(run, target.object)
    const after = withObject(target, object)
    return { status: 'pass', message: 'success', rule: '', properties, targets: [{ before: target, after, changes: diffJson(target.object, object) }] }
  })
  return result.error === undefined ? result.value : { ...failToEvaluate('failed to evaluate policy', result.error), rule: 'evaluation', place: ['spec', 'mutations'] }
}
