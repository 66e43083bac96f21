import { isJsonArray, isJsonObject, type JsonValue } from '../model/json.ts'
import type { PolicySet } from './policy-set.ts'

/** What policies can see besides the resource at hand: nothing, the Namespace that it is in, or any object of the cluster. */
export type WorldNeed = 'nothing' | 'namespaces' | 'objects'

/** Finds out what policies and exceptions can see of other resources. Judged by their texts, so that it errs towards more. */
export function findWorldNeed({ policies, exceptions, celExceptions, bindings, configurations }: Omit<PolicySet, 'problems'>): WorldNeed {
  const asJson = (one: object): JsonValue => one as JsonValue
  const needs = new Set([
    ...policies.flatMap((policy) => [...needsOf(policy.document, { isCel: policy.kind !== 'ClusterPolicy' && policy.kind !== 'Policy' })]),
    ...[...exceptions, ...celExceptions, ...bindings, ...configurations].flatMap((one) => [...needsOf(asJson(one), { isCel: true })]),
  ])
  return needs.has('objects') ? 'objects' : needs.has('namespaces') ? 'namespaces' : 'nothing'
}

/** Context entries that look something up, sources of clones, parameters of admission policies. */
const lookingKeys: ReadonlySet<string> = new Set(['apiCall', 'globalReference', 'clone', 'cloneList', 'paramKind', 'paramRef'])
/** Words by which CEL reaches other objects. */
const lookingWords = /\b(?:resource|globalContext|http|authorizer|params)\b/
/** What lies below them is CEL. */
const celKeys: ReadonlySet<string> = new Set(['cel', 'celPreconditions', 'matchConditions'])
/** Words for people. */
const proseKeys: ReadonlySet<string> = new Set(['metadata', 'message', 'description'])

function* needsOf(value: JsonValue, at: { readonly key?: string; readonly isCel: boolean }): Generator<WorldNeed> {
  if (typeof value === 'string') yield* needsOfText(value, at.isCel)
  if (isJsonArray(value)) for (const item of value) yield* needsOfItem(item, at)
  else if (isJsonObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      if (key === 'namespaceSelector') yield 'namespaces'
      if (lookingKeys.has(key)) yield 'objects'
      yield* needsOf(item, { key, isCel: (at.isCel || celKeys.has(key)) && !proseKeys.has(key) })
    }
  }
}

function* needsOfText(text: string, isCel: boolean): Generator<WorldNeed> {
  if (text.includes('namespaceObject')) yield 'namespaces'
  if (isCel && lookingWords.test(text)) yield 'objects'
}

/** A volume may be called a configMap too; in a context it is looked up. */
function* needsOfItem(item: JsonValue, at: { readonly key?: string; readonly isCel: boolean }): Generator<WorldNeed> {
  if (at.key === 'context' && isJsonObject(item) && Object.hasOwn(item, 'configMap')) yield 'objects'
  yield* needsOf(item, at)
}
