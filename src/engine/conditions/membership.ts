// Faithful to Kyverno's pkg/engine/variables/operator/anyin.go and allin.go, which the four operators of this family share.
import { isJsonArray, type JsonValue } from '../../model/json.ts'
import { goValueText } from '../../values/json-text.ts'
import { matchesWildcard } from '../../values/wildcard.ts'
import { matchesScalar } from '../pattern/scalar.ts'
import { parseTerm } from '../pattern/string-term.ts'
import { parseStringArray } from './string-array.ts'

/** The right side of a membership condition; undefined where the comparison has no answer, and the condition is false. */
type Members =
  | { readonly kind: 'list'; readonly texts: readonly string[] }
  | { readonly kind: 'range'; readonly text: string }

/** How a family member judges a list of keys. */
export interface Membership {
  /** Judges keys by a list of members. */
  readonly ofList: (keys: readonly string[], isMember: (key: string) => boolean) => boolean
  /** Judges keys by a range such as `1-5`. */
  readonly ofRange: (keys: readonly string[], range: string) => boolean
  /** What a scalar key that is a member gives. */
  readonly isMember: boolean
  /** Whether a number or bool stands for a list of one. */
  readonly takesScalars: boolean
}

/** Evaluates a condition of this family. */
export function evaluateMembership(key: JsonValue, value: JsonValue, membership: Membership): boolean {
  if (isJsonArray(key)) return evaluateList(key.map(goValueText), value, membership)
  if (key === null || typeof key === 'object') return false
  const found = findScalar(goValueText(key), value)
  return found !== undefined && found === membership.isMember
}

/** Tells whether a text lies in a range, which is a pattern. */
export function isInRange(text: string, range: string): boolean {
  return matchesScalar(text, range)
}

function findScalar(key: string, value: JsonValue): boolean | undefined {
  if (isJsonArray(value)) return value.some((item) => matchEitherWay(goValueText(item), key))
  if (typeof value !== 'string') return undefined
  if (matchesWildcard(value, key)) return true
  const members = readMembers(value)
  if (members === undefined) return undefined
  return members.kind === 'range' ? isInRange(key, members.text) : members.texts.includes(key)
}

function evaluateList(keys: readonly string[], value: JsonValue, { ofList, ofRange, isMember, takesScalars }: Membership): boolean {
  if (isJsonArray(value)) return ofList(keys, oneOf(value.map(goValueText)))
  if (typeof value !== 'string') {
    const isScalar = value !== null && typeof value !== 'object'
    return isScalar && takesScalars && ofList(keys, oneOf([goValueText(value)]))
  }
  if (keys.length === 1 && keys[0] === value) return isMember
  const members = readMembers(value)
  if (members === undefined) return false
  return members.kind === 'range' ? ofRange(keys, members.text) : ofList(keys, oneOf(members.texts))
}

/** A text is a range, or a list in JSON, or the only member; JSON of anything else has no answer. */
function readMembers(text: string): Members | undefined {
  if (parseTerm(text).kind === 'range') return { kind: 'range', text }
  const array = parseStringArray(text)
  if (array === 'other JSON') return undefined
  return { kind: 'list', texts: array === 'not JSON' ? [text] : array }
}

function oneOf(members: readonly string[]): (key: string) => boolean {
  return (key) => members.some((member) => matchEitherWay(member, key))
}

/** Either side may be the wildcard. */
function matchEitherWay(a: string, b: string): boolean {
  return matchesWildcard(a, b) || matchesWildcard(b, a)
}
