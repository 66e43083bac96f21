// Kyverno: pkg/engine/handlers/mutation/common.go (buildSuccessMessage)
import { isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'

/** What a mutate rule says when it changed an object. */
export function describeMutated(object: JsonObject): string {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const [kind, name, namespace] = [textOf(object['kind']), textOf(metadata['name']), textOf(metadata['namespace'])]
  return `mutated ${kind}/${name}${namespace === '' ? '' : ` in namespace ${namespace}`}`
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
