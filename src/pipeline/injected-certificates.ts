// cert-manager: pkg/controller/cainjector; Kyverno: pkg/controllers/webhook: who writes a caBundle into an object that others applied
import { readObjectKind } from '../kubernetes/schema/object-kind.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import { ownValue, withKey } from '../patch/set-key.ts'

/** Stands for a certificate that only the cluster knows. */
const certificate = Buffer.from('a certificate of the cluster').toString('base64')

/** Annotations by which an object asks for a certificate. */
const requests = [
  'cert-manager.io/inject-ca-from', 'cert-manager.io/inject-ca-from-secret', 'cert-manager.io/inject-apiserver-ca', 'service.beta.openshift.io/inject-cabundle',
]
const kyvernoLabel = 'webhook.kyverno.io/managed-by'

/** Writes a certificate wherever somebody in the cluster will: into webhook configurations, API services and conversion webhooks that ask for one. */
export function injectCertificates(object: JsonObject): JsonObject {
  if (!isInjected(object)) return object
  switch (readObjectKind(object).kind) {
    case 'ValidatingWebhookConfiguration':
    case 'MutatingWebhookConfiguration': return mapAt(object, ['webhooks'], injectIntoWebhooks)
    case 'APIService': return mapAt(object, ['spec'], setCertificate)
    case 'CustomResourceDefinition': return mapAt(object, ['spec', 'conversion', 'webhook', 'clientConfig'], setCertificate)
    default: return object
  }
}

function isInjected(object: JsonObject): boolean {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const annotations = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {}
  const labels = isJsonObject(metadata['labels']) ? metadata['labels'] : {}
  return requests.some((name) => Object.hasOwn(annotations, name)) || ownValue(labels, kyvernoLabel) === 'kyverno'
}

function injectIntoWebhooks(webhooks: JsonValue): JsonValue {
  return isJsonArray(webhooks) ? webhooks.map((webhook) => (isJsonObject(webhook) ? mapAt(webhook, ['clientConfig'], setCertificate) : webhook)) : webhooks
}

function setCertificate(config: JsonValue): JsonValue {
  return isJsonObject(config) ? withKey(config, 'caBundle', certificate) : config
}

function mapAt(object: JsonObject, [key, ...rest]: readonly string[], change: (value: JsonValue) => JsonValue): JsonObject {
  const value = key === undefined ? undefined : ownValue(object, key)
  if (key === undefined || value === undefined) return object
  const changed = rest.length === 0 ? change(value) : isJsonObject(value) ? mapAt(value, rest, change) : value
  return changed === value ? object : withKey(object, key, changed)
}
