// Kyverno: pkg/engine/handlers/validation/validate_resource.go (validatePatterns)
import { EvaluationError } from '../../../model/errors.ts'
import type { JsonObject, JsonValue } from '../../../model/json.ts'
import { toInt64 } from '../../../values/numbers.ts'
import { attempt } from '../../attempt.ts'
import { compilePattern, matchPattern, type CompiledPattern, type PatternOutcome } from '../../pattern/index.ts'
import { compileTemplate } from '../../variables/template.ts'
import { fail, failToEvaluate, pass, skip, type RuleOutcome } from '../outcome.ts'
import type { RuleRun } from '../rule-run.ts'
import type { CheckCompiler, CheckFrame } from './check.ts'
import { patternMessage } from './messages.ts'

/** The resource must look like the pattern. */
export const pattern: CheckCompiler<'pattern'> = (check, frame) => {
  const matcher = compileMatcher(check.pattern)
  const passed = pass(`validation rule '${frame.ruleName}' passed.`)
  return (run) => {
    const match = attempt(() => matcher(run))
    if (match.error) return failToEvaluate('variable substitution failed', match.error)
    const resource = patternTarget(run)
    return resource && report(match.value.match(resource), passed, frame, run)
  }
}

/** The pattern, compiled once where it has no variables. Whole numbers of a policy are int64. */
function compileMatcher(document: JsonValue): (run: RuleRun) => CompiledPattern {
  const template = compileTemplate(toInt64(document))
  if (!template.isConstant) return (run) => matchLater(template.evaluate(run))
  let compiled: CompiledPattern | undefined
  return (run) => compiled ??= compilePattern(template.evaluate(run))
}

function matchLater(substituted: JsonValue): CompiledPattern {
  return { match: (resource) => matchPattern(resource, substituted) }
}

/** The element inside a foreach, else the new object; on DELETE there is none. */
export function patternTarget({ fields }: RuleRun): JsonObject | undefined {
  if (fields.element) return fields.element
  return fields.trigger.operation === 'DELETE' ? undefined : fields.state.current?.object
}

function report(outcome: PatternOutcome, passed: RuleOutcome, frame: CheckFrame, run: RuleRun): RuleOutcome {
  switch (outcome.result) {
    case 'pass': return passed
    case 'skip': return skip(outcome.message)
    case 'fail': return fail(patternMessage(frame, run, outcome.path, outcome.message), outcome.violations)
    case 'error': {
      const message = patternMessage(frame, run, '', outcome.message)
      return { status: 'error', message, error: new EvaluationError('INVALID_PATTERN', outcome.message, { resourcePath: outcome.violations[0].path }) }
    }
  }
}
