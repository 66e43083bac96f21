// Kyverno: pkg/engine/handlers/validation/validate_resource.go (validatePatterns)
import { EvaluationError } from '../../../model/errors.ts'
import { isJsonArray, type JsonValue } from '../../../model/json.ts'
import type { Violation } from '../../../model/result.ts'
import { toFloat64 } from '../../../values/numbers.ts'
import { attempt } from '../../attempt.ts'
import { compilePattern, type CompiledPattern, type PatternOutcome } from '../../pattern/index.ts'
import { compileTemplate } from '../../variables/template.ts'
import { fail, failToEvaluate, pass, skip, type RuleOutcome } from '../outcome.ts'
import type { RuleRun } from '../rule-run.ts'
import type { CheckCompiler, CheckFrame } from './check.ts'
import { anyPatternMessage } from './messages.ts'
import { patternTarget } from './pattern.ts'

/** The resource must look like one of the patterns. */
export const anyPattern: CheckCompiler<'anyPattern'> = (check, frame) => {
  const readPatterns = compilePatterns(check.patterns)
  return (run) => {
    const patterns = attempt(() => readPatterns(run))
    if (patterns.error) return failToEvaluate('variable substitution failed', patterns.error)
    const resource = patternTarget(run)
    if (resource === undefined) return undefined
    if (patterns.value === undefined) {
      return failToEvaluate('failed to deserialize anyPattern, expected type array', new EvaluationError('INVALID_PATTERN', 'anyPattern is not a list'))
    }
    return matchAny(patterns.value, resource, frame, run)
  }
}

/** Kyverno writes the list as JSON and reads it again, which makes every number a float64. */
function compilePatterns(document: JsonValue): (run: RuleRun) => readonly CompiledPattern[] | undefined {
  const template = compileTemplate(document)
  const compile = (value: JsonValue) => (isJsonArray(value) ? value.map((item) => compilePattern(toFloat64(item))) : undefined)
  if (!template.isConstant) return (run) => compile(template.evaluate(run))
  let compiled: { readonly patterns: readonly CompiledPattern[] | undefined } | undefined
  return (run) => (compiled ??= { patterns: compile(template.evaluate(run)) }).patterns
}

function matchAny(patterns: readonly CompiledPattern[], resource: JsonValue, frame: CheckFrame, run: RuleRun): RuleOutcome {
  const failures: string[] = []
  const skips: string[] = []
  const failed: { readonly index: number; readonly outcome: FailedPattern }[] = []
  for (let index = 0; index < patterns.length; index++) {
    const outcome = (patterns[index] as CompiledPattern).match(resource)
    if (outcome.result === 'pass') return pass(`validation rule '${frame.ruleName}' anyPattern[${index}] passed.`)
    const name = `rule ${frame.ruleName}[${index}]`
    if (outcome.result === 'skip') skips.push(`${name} skipped: ${outcome.message}`)
    else {
      failures.push(outcome.path === '' ? `${name} failed: ${outcome.message}` : `${name} failed at path ${outcome.path}`)
      failed.push({ index, outcome })
    }
  }
  if (failures.length > 0) return fail(anyPatternMessage(frame, run, failures), failed.flatMap(violationsOf))
  return skips.length > 0 ? skip(skips.join(' ')) : pass(frame.message)
}

type FailedPattern = Extract<PatternOutcome, { readonly violations: unknown }>

function violationsOf({ index, outcome }: { readonly index: number; readonly outcome: FailedPattern }): readonly Violation[] {
  return outcome.violations.map((violation) => ({ ...violation, message: `alternative ${index + 1}: ${violation.message}` }))
}
