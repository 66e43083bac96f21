import type { JsonValue } from '../../../model/json.ts'
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
    const found = findByIdentity(object, element)
    if (found) return found.reverse()
  }
  const plain = plainList.exec(list.trim())
  return plain?.[1] === root ? [...(plain[2] ?? '').slice(1).split('.'), index] : undefined
}

/** The way to an object in another one, from its end. */
function findByIdentity(value: object, wanted: object): (string | number)[] | undefined {
  if (value === wanted) return []
  const isList = Array.isArray(value)
  for (const key of Object.keys(value)) {
    const child = (value as Readonly<Record<string, JsonValue>>)[key]
    if (typeof child !== 'object' || child === null) continue
    const found = findByIdentity(child, wanted)
    if (found === undefined) continue
    found.push(isList ? Number(key) : key)
    return found
  }
  return undefined
}
