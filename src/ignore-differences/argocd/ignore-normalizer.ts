// Counterpart: Argo CD util/argo/normalizers/diff_normalizer.go
import { compileJq, type JqQuery } from '../../expression/jq/index.ts'
import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { toFloat64, toPlain } from '../../values/numbers.ts'
import { compileGlob } from './glob.ts'
import { removePointer } from './remove-pointer.ts'

/** One entry of an Application's `spec.ignoreDifferences`. */
export interface IgnoreDifference {
  /** Glob; empty or missing is the core group. */
  readonly group?: string
  /** Glob. */
  readonly kind: string
  /** Exact; empty or missing is any. */
  readonly name?: string
  readonly namespace?: string
  readonly jsonPointers?: readonly string[]
  readonly jqPathExpressions?: readonly string[]
  readonly managedFieldsManagers?: readonly string[]
}

export interface Normalized {
  readonly object: JsonObject
  /** What Argo CD would only log: expressions that failed on this object and so ignored nothing. */
  readonly failures: readonly string[]
  /** Set where the object lost its kind: Argo CD logs an error, and goes on with what is left. */
  readonly error?: string
}

/** Removes what entries ignore. */
export interface IgnoreNormalizer {
  normalize(object: JsonObject): Normalized
  /** The managers whose changes are ignored, by all entries for the object. */
  findManagers(object: JsonObject): readonly string[]
}

interface CompiledEntry {
  matches(object: JsonObject): boolean
  readonly steps: readonly Step[]
  readonly managers: readonly string[]
}

/** Returns the object without what is ignored; throws EvaluationError where the step fails on this object. */
type Step = (object: JsonObject) => JsonObject

/** Compiles entries, in their order: pointers before expressions. One expression that does not compile fails them all (INVALID_EXPRESSION), as it fails the Application. */
export function compileIgnoreDifferences(entries: readonly IgnoreDifference[]): IgnoreNormalizer {
  const compiled = entries.map(compileOnce)
  return {
    normalize(object) {
      const steps = compiled.flatMap((entry) => (entry.matches(object) ? entry.steps : []))
      return steps.length === 0 ? { object, failures: [] } : applySteps(object, steps)
    },
    findManagers: (object) => compiled.flatMap((entry) => (entry.managers.length > 0 && entry.matches(object) ? entry.managers : [])),
  }
}

const compiledEntries = new WeakMap<IgnoreDifference, CompiledEntry>()

/** The same entries stand in many comparers: those of the Application in all of them. */
function compileOnce(entry: IgnoreDifference): CompiledEntry {
  const known = compiledEntries.get(entry)
  if (known !== undefined) return known
  const made = compileEntry(entry)
  compiledEntries.set(entry, made)
  return made
}

function compileEntry(entry: IgnoreDifference): CompiledEntry {
  const [group, kind] = [compileGlob(entry.group ?? ''), compileGlob(entry.kind)]
  const pointers = (entry.jsonPointers ?? []).map((pointer): Step => (object) => {
    const { object: rest, complaint } = removePointer(object, pointer)
    if (complaint !== undefined) throw new EvaluationError('EXPRESSION_FAILED', complaint)
    return rest
  })
  // The expression is pasted as text: an unbalanced parenthesis can close the `del(` early, and people use that.
  const queries = (entry.jqPathExpressions ?? []).map((expression): Step => deletion(compileDeletion(expression)))
  return {
    matches: (object) => {
      const identity = readIdentity(object)
      return group?.(identity.group) === true && kind?.(identity.kind) === true
        && (!entry.name || entry.name === identity.name) && (!entry.namespace || entry.namespace === identity.namespace)
    },
    steps: [...pointers, ...queries],
    managers: entry.managedFieldsManagers ?? [],
  }
}

const deletions = new Map<string, JqQuery>()
const mostDeletions = 1000

/** Finding and proving entries compiles the same few expressions again and again. */
function compileDeletion(expression: string): JqQuery {
  const known = deletions.get(expression)
  if (known !== undefined) return known
  const made = compileJq(`del(${expression})`)
  if (deletions.size >= mostDeletions) deletions.clear()
  deletions.set(expression, made)
  return made
}

function deletion(query: JqQuery): Step {
  return (object) => {
    const outputs = runQuery(query, object)
    if (outputs.length === 0) throw new EvaluationError('EXPRESSION_FAILED', 'JQ patch did not return any data')
    if (outputs.length > 1) throw new EvaluationError('EXPRESSION_FAILED', 'JQ patch returned multiple objects')
    const [output = null] = outputs
    if (!isFinite(output)) throw new EvaluationError('EXPRESSION_FAILED', 'json: unsupported value')
    return toPlain(output) as JsonObject
  }
}

function runQuery(query: JqQuery, object: JsonObject): readonly JsonValue[] {
  try {
    return query.evaluate(toFloat64(object), 2)
  } catch (error) {
    if (error instanceof EvaluationError) throw new EvaluationError(error.code, `JQ patch returned error: ${error.message}`, { cause: error })
    throw error
  }
}

/** JSON has no NaN and no infinity. */
function isFinite(value: JsonValue): boolean {
  if (typeof value === 'number') return Number.isFinite(value)
  if (isJsonArray(value)) return value.every(isFinite)
  return !isJsonObject(value) || Object.keys(value).every((key) => isFinite(value[key] as JsonValue))
}

function applySteps(object: JsonObject, steps: readonly Step[]): Normalized {
  const failures: string[] = []
  let current: JsonValue = object
  for (const step of steps) {
    try {
      current = step(isJsonObject(current) ? current : {})
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error
      failures.push(error.message)
    }
  }
  // A result that is neither an object nor null cannot be read back at all.
  if (current !== null && !isJsonObject(current)) return { object, failures, error: 'the result is not an object' }
  const left = current ?? {}
  const kind = left['kind']
  return typeof kind === 'string' && kind !== '' ? { object: left, failures } : { object: left, failures, error: "Object 'Kind' is missing" }
}

interface Identity {
  readonly group: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
}

function readIdentity(object: JsonObject): Identity {
  const text = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '')
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const apiVersion = text(object['apiVersion'])
  return {
    group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
    kind: text(object['kind']),
    name: text(metadata['name']),
    namespace: text(metadata['namespace']),
  }
}
