import { createHash } from 'node:crypto'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { RuleResult, Violation } from '../model/result.ts'
import type { FieldPath } from '../model/source.ts'
import { printableJson } from '../values/printable.ts'

/** What names an item of a Kubernetes list, the most telling first. */
const itemKeys = ['name', 'containerPort', 'mountPath', 'devicePath', 'key', 'ip', 'host', 'topologyKey', 'kind'] as const

/**
 * Names a violation so that the name survives moved lines, reordered lists and other texts of the message (a bumped image tag, say): policy,
 * rule, resource, and the path with list items named by their key instead of their index. 32 hexadecimal digits.
 */
export function fingerprint(result: RuleResult, violation?: Violation): string {
  const { policy, rule, resource: { id, object } } = result
  const path = violation === undefined ? '' : stablePath(violation.path, object)
  const parts = [policy.kind, policy.namespace ?? '', policy.name, rule, id.group, id.kind, id.namespace ?? '', id.name, path]
  return digest(JSON.stringify(parts))
}

/** Names a result as a whole, whichever of its violations is looked at. */
export function resultFingerprints(result: RuleResult): readonly string[] {
  if (result.status === 'fail' || result.status === 'warn') return result.violations.map((violation) => fingerprint(result, violation))
  if (result.status === 'skip' && result.suppression !== undefined && result.suppression.violations.length > 0) {
    return result.suppression.violations.map((violation) => fingerprint(result, violation))
  }
  return [fingerprint(result)]
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32)
}

/** `/spec/containers/[name=app]/image`. */
function stablePath(path: FieldPath, object: JsonValue): string {
  let at: JsonValue | undefined = object
  const steps: string[] = []
  for (const step of path) {
    const inList = isJsonArray(at)
    at = isJsonArray(at) ? at[Number(step)] : isJsonObject(at) && Object.hasOwn(at, step) ? at[String(step)] : undefined
    steps.push(inList || typeof step === 'number' ? itemName(at) : String(step).replaceAll('~', '~0').replaceAll('/', '~1'))
  }
  return steps.join('/')
}

function itemName(item: JsonValue | undefined): string {
  if (!isJsonObject(item)) return item === undefined || item === null ? '[]' : `[=${digest(printableJson(item))}]`
  const key = itemKeyOf(item)
  return key === undefined ? '[]' : `[${key}=${String(item[key])}]`
}

/** What tells an item from the others of its list. */
export function itemKeyOf(item: JsonObject): string | undefined {
  return itemKeys.find((name) => Object.hasOwn(item, name) && typeof item[name] !== 'object')
}
