// Kyverno: pkg/engine/background.go (filterRule)
import type { JsonObject } from '../../../model/json.ts'
import type { Resource } from '../../../model/resource.ts'
import { attempt } from '../../attempt.ts'
import { prepareConditions } from '../../prepare-conditions.ts'
import { fail, failToEvaluate, pass, skip, type RuleOutcome } from '../outcome.ts'
import type { RuleCompiler } from '../rule-compiler.ts'
import type { RuleRun } from '../rule-run.ts'
import { compileGenerator, type Generator } from './generator.ts'

/** Prepares a generate rule. What Kyverno does after admission in the background is part of its result here. */
export const compileGenerate: RuleCompiler = (rule, policy) => {
  if (rule.body.type !== 'generate') return undefined
  const preconditions = prepareConditions(rule.preconditions)
  const generate = compileGenerator(rule.body.spec, policy.namespace ?? '')
  const evaluate = (run: RuleRun): RuleOutcome => {
    const { exceptions, state } = run.fields
    if (exceptions.length > 0) {
      const keys = exceptions.map(({ key }) => key)
      return { ...skip(`rule is skipped due to policy exception ${keys.join(', ')}`), exceptions: keys }
    }
    // What is left of a trigger that goes: Kyverno calls that a failure and deletes what was generated.
    if (state.current === undefined) return fail('')
    const verdict = attempt(() => preconditions.evaluate(run))
    if (verdict.error) return failToEvaluate('failed to evaluate conditions', verdict.error)
    return verdict.value.holds ? generateFor(generate, run) : skip('')
  }
  return { generate: { evaluate, treatsConditions: true, treatsExceptions: true } }
}

/** Admission does not wait for what is generated, and Kyverno's result is a pass even where it cannot be; it then lists nothing. */
function generateFor(generate: Generator, run: RuleRun): RuleOutcome {
  const generated = attempt(() => generate(run))
  if (generated.error) {
    if (generated.error.missing) run.fields.missing.push(generated.error.missing)
    return run.fields.environment.semantics === 'cli' || generated.error.missing ? pass('') : failToEvaluate('failed to generate', generated.error)
  }
  return { status: 'pass', message: '', generated: generated.value.map(toResource) }
}

function toResource(object: JsonObject): Resource {
  const { apiVersion, kind, metadata } = object as { apiVersion?: unknown; kind?: unknown; metadata?: { name?: unknown; namespace?: unknown } }
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const [version = '', group = ''] = text(apiVersion).split('/').toReversed()
  const namespace = text(metadata?.namespace)
  return {
    id: { group, version, kind: text(kind), ...(namespace === '' ? {} : { namespace }), name: text(metadata?.name) },
    object,
    locate: () => undefined,
  }
}
