// Counterpart: Argo CD util/argo/normalizers/diff_normalizer.go
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { Memo, oncePerObject } from '../../values/memo.ts'
import { compileGlob } from './glob.ts'
import { expressionStep, pointerStep, type IgnoreStep } from './ignore-step.ts'
import { Remains } from './remains.ts'

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
  /** `remains` is what is known to be left of the object after steps of other entries, for an object that is normalized again and again. */
  normalize(object: JsonObject, remains?: Remains): Normalized
  /** What is done to the object, in this order. */
  stepsFor(object: JsonObject): readonly IgnoreStep[]
  /** The managers whose changes are ignored, by all entries for the object. */
  findManagers(object: JsonObject): readonly string[]
}

interface CompiledEntry {
  matches(identity: Identity): boolean
  readonly steps: readonly IgnoreStep[]
  readonly managers: readonly string[]
}

/** Compiles entries, in their order: pointers before expressions. One expression that does not compile fails them all (INVALID_EXPRESSION), as it fails the Application. */
export function compileIgnoreDifferences(entries: readonly IgnoreDifference[]): IgnoreNormalizer {
  const compiled = entries.map(compileOnce)
  const namesManagers = compiled.some(({ managers }) => managers.length > 0)
  const stepsFor = (object: JsonObject): readonly IgnoreStep[] => {
    const identity = identities.get(object)
    const steps: IgnoreStep[] = []
    // Asked for each comparison: a list for each entry would be most of the work.
    for (const entry of compiled) if (entry.matches(identity)) for (const step of entry.steps) steps.push(step)
    return steps
  }
  return {
    stepsFor,
    normalize(object, remains = Remains.of(object)) {
      const steps = stepsFor(object)
      return steps.length === 0 ? { object, failures: [] } : judge(object, remains.after(steps))
    },
    findManagers(object) {
      if (!namesManagers) return []
      const identity = identities.get(object)
      return compiled.filter((entry) => entry.matches(identity)).flatMap((entry) => entry.managers)
    },
  }
}

/** Thousands of entries name a few groups and kinds. */
const globs = new Memo(1000, compileGlob)

/** The same entries stand in many comparers: those of the Application in all of them. */
const compileOnce = oncePerObject(compileEntry)

function compileEntry(entry: IgnoreDifference): CompiledEntry {
  const [group, kind] = [globs.get(entry.group ?? ''), globs.get(entry.kind)]
  return {
    matches: (identity) => group?.(identity.group) === true && kind?.(identity.kind) === true
      && (!entry.name || entry.name === identity.name) && (!entry.namespace || entry.namespace === identity.namespace),
    steps: [...(entry.jsonPointers ?? []).map(pointerStep), ...(entry.jqPathExpressions ?? []).map(expressionStep)],
    managers: entry.managedFieldsManagers ?? [],
  }
}

function judge(object: JsonObject, { value, failures }: Remains): Normalized {
  // A result that is neither an object nor null cannot be read back at all.
  if (value !== null && !isJsonObject(value)) return { object, failures, error: 'the result is not an object' }
  const left = value ?? {}
  const kind = left['kind']
  return typeof kind === 'string' && kind !== '' ? { object: left, failures } : { object: left, failures, error: "Object 'Kind' is missing" }
}

interface Identity {
  readonly group: string
  readonly kind: string
  readonly name: string
  readonly namespace: string
}

/** Each comparison asks several times, of the same few objects. */
const identities = new Memo(16, readIdentity)

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
