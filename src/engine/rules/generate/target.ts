import { isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'

/** Which resource a generate rule makes or copies. Texts are empty where the rule says nothing. */
export interface Target {
  readonly apiVersion: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** Reads the four fields of an object. */
export function readTarget(object: JsonObject): Target {
  return { apiVersion: textOf(object['apiVersion']), kind: textOf(object['kind']), namespace: textOf(object['namespace']), name: textOf(object['name']) }
}

/** The identity of an object. */
export function targetOf(object: JsonObject): Target {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  return { apiVersion: textOf(object['apiVersion']), kind: textOf(object['kind']), namespace: textOf(metadata['namespace']), name: textOf(metadata['name']) }
}

/** As Kyverno prints one, and a key to find one by. */
export function targetText({ apiVersion, kind, namespace, name }: Target): string {
  return `${apiVersion}/${kind}/${namespace}/${name}`
}

export function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
