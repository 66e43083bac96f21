import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { ownValue, withKey, withoutKey } from '../../patch/set-key.ts'

/** A key, or the items of a list that have these scalars. */
type Step = string | Conditions
type Conditions = ReadonlyMap<string, string | number>

/** Deletes what a path leads to; undefined where that is not plain, and jq has to say what happens. All numbers are finite doubles. */
export type PlainDeletion = (object: JsonObject) => JsonValue | undefined

/**
 * Reads jq paths as presync and most people write them, `.a.b[] | select(.name == "c") | .d`; undefined for all others. Deleting along such
 * a path needs no jq, and a large run deletes along thousands of them.
 */
export function readPlainDeletion(expression: string): PlainDeletion | undefined {
  const steps = readSteps(expression)
  return steps && ((object) => removeAt(object, steps, 0))
}

// Texts with escapes and numbers that are not simply integers are left to jq.
const key = /\.([A-Za-z_][A-Za-z0-9_]*)/y
const firstKeyInBrackets = /\.\["([^"\\\p{Cc}]*)"\]/uy
const keyInBrackets = /\["([^"\\\p{Cc}]*)"\]/uy
const selectOpens = /\[\] \| select\(/y
const condition = /\.([A-Za-z_][A-Za-z0-9_]*) == (?:"([^"\\\p{Cc}]*)"|(0|[1-9][0-9]{0,14}))/uy
const and = / and /y
const selectCloses = /\)(?: \| (?=\.)|$)/y

class PathReader {
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length
  }

  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.#text)
    if (match === null) return undefined
    this.#at += match[0].length
    return match
  }
}

function readSteps(expression: string): readonly Step[] | undefined {
  const reader = new PathReader(expression)
  const steps: Step[] = []
  // A list is selected from by a key before it: `.[]` at the beginning is not plain.
  let mayStart = true
  while (!reader.isAtEnd) {
    const found: RegExpExecArray | undefined = reader.match(key) ?? reader.match(mayStart ? firstKeyInBrackets : keyInBrackets)
    const step: Step | undefined = found?.[1] ?? (mayStart ? undefined : readConditions(reader))
    if (step === undefined) return undefined
    mayStart = typeof step !== 'string'
    steps.push(step)
  }
  return steps.length === 0 ? undefined : steps
}

function readConditions(reader: PathReader): Conditions | undefined {
  if (reader.match(selectOpens) === undefined) return undefined
  const conditions = new Map<string, string | number>()
  do {
    const [, name = '', text, number] = reader.match(condition) ?? []
    if (name === '' || conditions.has(name)) return undefined
    conditions.set(name, text ?? Number(number))
  } while (reader.match(and) !== undefined)
  return reader.match(selectCloses) === undefined ? undefined : conditions
}

function removeAt(value: JsonValue, steps: readonly Step[], at: number): JsonValue | undefined {
  const step = steps[at] as Step
  if (typeof step !== 'string') return isJsonArray(value) ? removeFromItems(value, steps, at) : undefined
  if (!isJsonObject(value)) return undefined
  if (at === steps.length - 1) return withoutKey(value, step)
  const inner = ownValue(value, step)
  const changed = inner === undefined ? undefined : removeAt(inner, steps, at + 1)
  if (changed === undefined) return undefined
  return changed === inner ? value : withKey(value, step, changed)
}

function removeFromItems(list: readonly JsonValue[], steps: readonly Step[], at: number): readonly JsonValue[] | undefined {
  const conditions = steps[at] as Conditions
  if (!list.every(isJsonObject)) return undefined
  if (at === steps.length - 1) return list.some((item) => meets(item, conditions)) ? list.filter((item) => !meets(item, conditions)) : list
  let rest: readonly JsonValue[] = list
  for (const [index, item] of list.entries()) {
    if (!meets(item, conditions)) continue
    const changed = removeAt(item, steps, at + 1)
    if (changed === undefined) return undefined
    if (changed !== item) rest = rest.with(index, changed)
  }
  return rest
}

function meets(item: JsonObject, conditions: Conditions): boolean {
  for (const [name, wanted] of conditions) if (ownValue(item, name) !== wanted) return false
  return true
}
