// Kyverno: pkg/engine/handlers/mutation/{mutate_existing,load_targets}.go
import { EvaluationError } from '../../../model/errors.ts'
import { isJsonObject, type JsonObject } from '../../../model/json.ts'
import type { RulePolicy } from '../../../model/policy.ts'
import { withObject, type Resource } from '../../../model/resource.ts'
import type { RuleBody } from '../../../model/rule.ts'
import { diffJson } from '../../../patch/diff-json.ts'
import { parseContext } from '../../../policy/index.ts'
import { toInt64, toPlain } from '../../../values/numbers.ts'
import { attempt, prefixErrors } from '../../attempt.ts'
import type { DeferredEntry } from '../../context/deferred-entry.ts'
import { compileEntries } from '../../context/entries/index.ts'
import { prepareConditions, type PreparedConditions } from '../../prepare-conditions.ts'
import { compileTemplate, type Template } from '../../variables/template.ts'
import { failToEvaluate, skip, type RuleOutcome } from '../outcome.ts'
import type { StepHandlers } from '../rule-compiler.ts'
import type { RuleRun } from '../rule-run.ts'
import { describeMutated } from './describe-mutated.ts'
import { findTargets } from './find-targets.ts'
import type { Mutator } from './mutation.ts'

interface CompiledTarget {
  readonly selector: Template
  readonly context: readonly DeferredEntry[]
  readonly preconditions: PreparedConditions | undefined
}

/**
 * Prepares a rule that changes resources which exist already. The CLI does it where it mutates; a cluster afterwards, in the
 * background: admission of the trigger does not depend on it.
 */
export function compileMutateExisting({ targets }: Extract<RuleBody, { type: 'mutate' }>, policy: RulePolicy, mutate: Mutator): StepHandlers {
  const policyNamespace = policy.kind === 'Policy' ? policy.namespace ?? 'default' : ''
  const compiled = targets.map((target) => compileTarget(target, policyNamespace))
  const evaluate = (run: RuleRun): readonly RuleOutcome[] => mutateTargets(compiled, { run, mutate, policyNamespace })
  return {
    mutate: { evaluate, begin: ({ fields: { environment } }) => (environment.semantics !== 'cli' ? [] : environment.targets === undefined ? [failWithoutClient()] : undefined) },
    generate: { evaluate, begin: ({ fields: { environment } }) => (environment.semantics === 'cli' || environment.targets === undefined ? [] : undefined) },
  }
}

function compileTarget(target: JsonObject, policyNamespace: string): CompiledTarget {
  const { context: _context, preconditions, ...selector } = target
  return {
    selector: compileTemplate(selector),
    context: compileEntries(parseContext(target), { policyNamespace }),
    preconditions: preconditions === undefined ? undefined : prepareConditions(preconditions),
  }
}

function failWithoutClient(): RuleOutcome {
  return failToEvaluate('failed to instantiate handler', new EvaluationError('LOOKUP_UNAVAILABLE',
    'Handler factory requires a client but a nil client was passed, likely due to a bug or unsupported operation.', {
      missing: { what: 'the resources that the rule changes', hint: 'give them as target resources' },
    }))
}

interface Job {
  readonly run: RuleRun
  readonly mutate: Mutator
  readonly policyNamespace: string
}

function mutateTargets(targets: readonly CompiledTarget[], job: Job): readonly RuleOutcome[] {
  const outcomes: RuleOutcome[] = []
  const found: (readonly [CompiledTarget, Resource])[] = []
  const errors: EvaluationError[] = []
  for (const [index, target] of targets.entries()) {
    const resources = attempt(() => loadTarget(target, index, job))
    if (resources.error) errors.push(resources.error)
    else found.push(...resources.value.map((resource) => [target, resource] as const))
  }
  // A cluster tries again later and says nothing meanwhile.
  const [first] = errors
  if (first !== undefined && job.run.fields.environment.semantics === 'cli') {
    outcomes.push({ status: 'error', message: `: ${errors.map(({ message }) => message).join('; ')}`, error: first })
  }
  for (const [target, resource] of found) outcomes.push(mutateTarget(target, resource, job))
  return outcomes
}

function loadTarget({ selector }: CompiledTarget, index: number, { run, policyNamespace }: Job): readonly Resource[] {
  const spec = prefixErrors(`failed to substitute variables in target[${index}]`, () => selector.evaluate(run))
  return isJsonObject(spec) ? findTargets(spec, policyNamespace, run.fields.environment.targets ?? []) : []
}

function mutateTarget(target: CompiledTarget, resource: Resource, { run, mutate }: Job): RuleOutcome {
  const before = resource.object
  const inner = run.with({}, () => run.scope.extend({ target: toInt64(before) }, target.context))
  if (target.preconditions) {
    const { preconditions } = target
    const verdict = attempt(() => preconditions.evaluate(inner))
    if (verdict.error) return failToEvaluate('failed to evaluate preconditions', verdict.error)
    if (!verdict.value.holds) return skip(['preconditions not met', verdict.value.message].filter((part) => part !== '').join('; '))
  }
  const mutation = mutate(inner, before)
  if (mutation.status !== 'pass') return mutation
  const object = toPlain(mutation.object) as JsonObject
  const after = withObject(resource, object)
  return { status: 'pass', message: describeMutated(object), targets: [{ before: resource, after, changes: diffJson(before, object) }] }
}
