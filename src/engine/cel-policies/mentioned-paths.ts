import type { NamedExpression } from '../../model/cel-policy.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'

/** Says which part of an object a failed expression is about: where a reader should look. */
export type FindMentioned = (expression: string, object: JsonObject) => FieldPath

const mostVariables = 50

/**
 * Expressions do not say what made them false. The best guess is the first field of the object that the expression, or a variable that it
 * uses, mentions, as far as the object has it.
 */
export function createMentionFinder(variables: readonly NamedExpression[]): FindMentioned {
  const known = new Map<string, readonly FieldPath[]>()
  const byName = new Map(variables.map(({ name, expression }) => [name, expression]))
  return (expression, object) => {
    let paths = known.get(expression)
    if (paths === undefined) known.set(expression, paths = collectPaths(expression, byName))
    const existing = paths.map((path) => existingPart(path, object))
    return existing.find((path) => path.length > 1) ?? existing.find((path) => path.length > 0) ?? []
  }
}

function collectPaths(expression: string, variables: ReadonlyMap<string, string>): readonly FieldPath[] {
  const seen = new Set<string>()
  const paths: FieldPath[] = []
  const pending = [expression]
  for (let next = pending.shift(); next !== undefined && seen.size < mostVariables; next = pending.shift()) {
    for (const { groups } of next.matchAll(mention)) {
      const steps = readSteps(groups?.['steps'] ?? '')
      if (groups?.['root'] === 'object') paths.push(steps)
      else {
        const name = String(steps[0] ?? '')
        if (!seen.has(name)) pending.push(variables.get(name) ?? '')
        seen.add(name)
      }
    }
  }
  return paths
}

/** `object.spec.?containers[0].image`, `variables.names`; not `oldObject.…` or `request.object.…`. */
const mention = /(?<![\w.])(?<root>object|variables)(?<steps>(?:\.\??[A-Za-z_]\w*(?!\w*\()|\[\??(?:\d{1,9}|'[^'\\]*'|"[^"\\]*")\])+)/g

function readSteps(text: string): FieldPath {
  return Array.from(text.matchAll(/\.\??(?<field>\w+)|\[\??(?:(?<index>\d+)|['"](?<key>[^'"]*)['"])\]/g),
    ({ groups = {} }) => groups['field'] ?? groups['key'] ?? Number(groups['index']))
}

/** The beginning of the path that the object has. */
function existingPart(path: FieldPath, object: JsonObject): FieldPath {
  let value: JsonValue | undefined = object
  for (const [index, step] of path.entries()) {
    if (Array.isArray(value) && typeof step === 'number') value = (value as readonly JsonValue[])[step]
    else value = isJsonObject(value) && Object.hasOwn(value, String(step)) ? value[String(step)] : undefined
    if (value === undefined) return path.slice(0, index)
  }
  return path
}
