import { isJsonArray, isJsonObject, type JsonValue } from '../../../model/json.ts'
import type { FieldPath } from '../../../model/source.ts'
import type { RuleRun } from '../rule-run.ts'

const plainList = /^(request\.object|element)((?:\.[A-Za-z_][A-Za-z0-9_]*)+)(?:\[\]|\[\*\])?$/

/**
 * Where an element of a foreach lies: in the resource, or inside an outer foreach in the outer element; undefined where it was computed.
 * Expressions hand on the parts of their data as they are, so an object is found again by its identity, whatever list expression led to it;
 * scalars only behind a plain path.
 */
export function findElementPath({ fields }: RuleRun, list: string, element: JsonValue, index: number): FieldPath | undefined {
  const [root, object] = fields.element ? ['element', fields.element] as const : ['request.object', fields.state.matched?.contextObject] as const
  if (object === undefined) return undefined
  if (typeof element === 'object' && element !== null) {
    const found = findByIdentity(object, element, [])
    if (found) return found
  }
  const plain = plainList.exec(list.trim())
  return plain?.[1] === root ? [...(plain[2] ?? '').slice(1).split('.'), index] : undefined
}

function findByIdentity(value: JsonValue, wanted: object, path: FieldPath): FieldPath | undefined {
  if (value === wanted) return path
  const children: readonly (readonly [string | number, JsonValue])[] = isJsonArray(value) ? [...value.entries()] : isJsonObject(value) ? Object.entries(value) : []
  for (const [key, child] of children) {
    if (typeof child !== 'object' || child === null) continue
    const found = findByIdentity(child, wanted, [...path, key])
    if (found) return found
  }
  return undefined
}
