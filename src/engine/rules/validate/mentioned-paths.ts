import { isJsonArray, isJsonObject, type JsonValue } from '../../../model/json.ts'
import type { FieldPath } from '../../../model/source.ts'
import { findVariables, readExpression } from '../../variables/find-variables.ts'
import type { RuleRun } from '../rule-run.ts'

/** A plain path that an expression begins with, from one of the two roots that lie in the resource. */
interface MentionedPath {
  readonly root: 'request.object' | 'element'
  readonly path: FieldPath
}

const step = /^(?:\.([A-Za-z_][A-Za-z0-9_]*)|\."((?:[^"\\]|\\.)*)"|\[(\d+)\])/
const mention = /(?<![\w.])(request\.object|element)(?![\w])/g

/** The places of the resource that conditions speak of, in order: where to look when they deny. */
export function findMentionedPaths(conditions: JsonValue): readonly MentionedPath[] {
  const found: MentionedPath[] = []
  const visit = (value: JsonValue): void => {
    if (typeof value === 'string') for (const variable of findVariables(value)) found.push(...readPaths(readExpression(variable.text).expression))
    else if (isJsonArray(value)) value.forEach(visit)
    else if (isJsonObject(value)) Object.keys(value).filter((key) => key !== 'message').forEach((key) => visit(value[key] ?? null))
  }
  visit(conditions)
  return found
}

function readPaths(expression: string): readonly MentionedPath[] {
  return [...expression.matchAll(mention)].map(({ 1: root, 0: text, index }) => {
    const path: (string | number)[] = []
    let rest = expression.slice(index + text.length)
    for (let match = step.exec(rest); match; match = step.exec(rest)) {
      path.push(match[1] ?? match[2]?.replace(/\\(.)/g, '$1') ?? Number(match[3]))
      rest = rest.slice(match[0].length)
      // What a function is called on is no field: `request.object.keys(@)`.
      if (rest.startsWith('(')) path.pop()
    }
    return { root: root as MentionedPath['root'], path }
  })
}

/** The first of them that leads somewhere, as a path in the resource (or in the element): cut off behind the first key that is missing. */
export function placeMentionedPaths(mentioned: readonly MentionedPath[], { fields }: RuleRun): readonly FieldPath[] {
  const [root, object] = fields.nesting > 0 ? ['element', fields.element] as const : ['request.object', fields.state.matched?.resource.object] as const
  const found = mentioned.find((candidate) => candidate.root === root)
  return found === undefined || object === undefined ? [] : [cutAtMissing(object, found.path)]
}

function cutAtMissing(object: JsonValue, path: FieldPath): FieldPath {
  let value: JsonValue | undefined = object
  for (const [index, key] of path.entries()) {
    value = isJsonArray(value) ? value[Number(key)] : isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
    if (value === undefined) return path.slice(0, index + 1)
  }
  return path
}
