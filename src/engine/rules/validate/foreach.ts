// Kyverno: pkg/engine/handlers/validation/validate_resource.go (validateForEach, validateElements), pkg/engine/utils/foreach.go
import { EvaluationError } from '../../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonValue } from '../../../model/json.ts'
import type { ValidateForeach } from '../../../model/rule.ts'
import type { FieldPath } from '../../../model/source.ts'
import { toFloat64 } from '../../../values/numbers.ts'
import { attempt } from '../../attempt.ts'
import { compileEntries } from '../../context/entries/index.ts'
import type { DeferredEntry } from '../../context/deferred-entry.ts'
import { prepareConditions, type PreparedConditions } from '../../prepare-conditions.ts'
import { elementNames, toElements } from '../elements.ts'
import { failToEvaluate, pass, skip, type RuleOutcome } from '../outcome.ts'
import type { RuleRun } from '../rule-run.ts'
import type { Check, CheckCompiler, CheckFrame } from './check.ts'
import { findElementPath } from './element-path.ts'

/** Holds each element of lists against a check of its own. */
export function compileForeach(compileCheck: (check: ValidateForeach['check'], frame: CheckFrame) => Check): CheckCompiler<'foreach'> {
  return (check, frame) => {
    const entries = check.foreach.map((entry) => compileEntry(entry, frame, compileCheck(entry.check, frame)))
    return (run) => evaluateEntries(entries, run)
  }
}

interface CompiledEntry {
  readonly list: string
  readonly elementScope: boolean | undefined
  readonly context: readonly DeferredEntry[]
  readonly preconditions: PreparedConditions | undefined
  readonly check: Check
}

function compileEntry(entry: ValidateForeach, { policyNamespace }: CheckFrame, check: Check): CompiledEntry {
  return {
    list: entry.list,
    elementScope: entry.elementScope,
    context: compileEntries(entry.context, { policyNamespace }),
    preconditions: entry.preconditions === undefined ? undefined : prepareConditions(entry.preconditions),
    check,
  }
}

function evaluateEntries(entries: readonly CompiledEntry[], run: RuleRun): RuleOutcome | undefined {
  let applied = 0
  let listError: EvaluationError | undefined
  for (const entry of entries) {
    const elements = attempt(() => toElements(run.scope.query(entry.list)))
    if (elements.error) {
      // A field that is not there has no elements; any other error counts if nothing else was held.
      if (!elements.error.message.includes('Unknown key')) listError = elements.error
      continue
    }
    const result = evaluateElements(entry, elements.value, run)
    if (typeof result !== 'number') return result
    applied += result
  }
  if (applied > 0) return pass('rule passed')
  return listError && failToEvaluate('failed to evaluate list', listError)
}

/** How many elements passed, or the first outcome that ends the rule. */
function evaluateElements(entry: CompiledEntry, elements: readonly JsonValue[], run: RuleRun): number | RuleOutcome {
  let applied = 0
  for (let index = 0; index < elements.length; index++) {
    const source = elements[index] as JsonValue
    if (source === null) continue
    const element = toFloat64(source)
    const scoped = isJsonObject(element) && entry.elementScope !== false
    if (entry.elementScope === true && !scoped) return refuseScope(element)
    const inner = run.inElement(run.scope.extend(elementNames(run, element, index), entry.context), scoped ? element : undefined)
    const outcome = evaluateElement(entry, inner)
    if (outcome?.status === 'pass') applied++
    else if (outcome !== undefined && endsRule(outcome)) return inList(outcome, findElementPath(run, entry.list, source, index), scoped)
  }
  return applied
}

/** Kyverno forgives preconditions that cannot be evaluated, by the words of their error. */
function endsRule({ status, message }: RuleOutcome): boolean {
  return status !== 'skip' && !(status === 'error' && message.includes('failed to evaluate preconditions'))
}

function evaluateElement({ preconditions, check }: CompiledEntry, run: RuleRun): RuleOutcome | undefined {
  if (preconditions) {
    const verdict = attempt(() => preconditions.evaluate(run))
    if (verdict.error) return failToEvaluate('failed to evaluate preconditions', verdict.error)
    if (!verdict.value.holds) return skip('preconditions not met')
  }
  return check(run)
}

function refuseScope(element: JsonValue): RuleOutcome {
  const type = typeof element === 'number' ? 'float64' : typeof element === 'boolean' ? 'bool' : isJsonArray(element) ? '[]interface {}' : 'string'
  return failToEvaluate('failed to process foreach', new EvaluationError('TYPE_MISMATCH',
    `cannot use elementScope=true foreach rules for elements that are not maps, expected type=map got type=${type}`))
}

/** The outcome as the whole rule's: its words, and its paths from the resource's root where they were from the element's. */
function inList(outcome: RuleOutcome, elementPath: FieldPath | undefined, scoped: boolean): RuleOutcome {
  const message = `validation failure: ${outcome.message}`
  if (outcome.status !== 'fail') return { ...outcome, message }
  const [first, ...rest] = outcome.violations
  const place = (violation: typeof first) =>
    (scoped || violation.path.length === 0 ? { ...violation, path: elementPath === undefined ? [] : [...elementPath, ...violation.path] } : violation)
  return { ...outcome, message, violations: [place(first), ...rest.map(place)] }
}
