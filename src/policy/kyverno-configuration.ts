// Kyverno: pkg/config/{config,types}.go (parseKinds, parseWebhooks)
import type { KyvernoConfiguration, ResourceFilter } from '../model/kyverno-configuration.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import { parseLabelSelector } from './parse-match.ts'
import type { PolicySource } from './policy-source.ts'
import type { ProblemCollector } from './problem-collector.ts'
import { objectField, optional, textField } from './read-fields.ts'

/** Reads the ConfigMap `kyverno`; undefined for any other document. */
export function readKyvernoConfiguration({ object, source }: PolicySource, problems: ProblemCollector): KyvernoConfiguration | undefined {
  if (textField(object, 'kind') !== 'ConfigMap' || textField(object, 'apiVersion') !== 'v1') return undefined
  const data = objectField(object, 'data') ?? {}
  const [filters, webhooks] = [textField(data, 'resourceFilters'), textField(data, 'webhooks')]
  if (textField(objectField(object, 'metadata') ?? {}, 'name') !== 'kyverno' || (filters === undefined && webhooks === undefined)) return undefined
  const webhook = webhooks === undefined ? {} : readWebhook(webhooks, problems)
  return {
    resourceFilters: readFilters(filters ?? ''),
    ...optional('namespaceSelector', parseLabelSelector(objectField(webhook, 'namespaceSelector'))),
    ...optional('objectSelector', parseLabelSelector(objectField(webhook, 'objectSelector'))),
    ...optional('source', source),
  }
}

/** `[Kind,namespace,name]` one after the other, with whatever between them; what is left out at the end is empty. */
function readFilters(text: string): readonly ResourceFilter[] {
  return [...text.matchAll(/\[([^[\]]*)\]/g)].flatMap(([, content = '']) => {
    const [kind = '', namespace = '', name = '', ...rest] = content.split(',')
    return kind === '' || rest.length > 0 ? [] : [{ kind, namespace, name }]
  })
}

/** An object, or a list of which the first counts, as older versions had it. */
function readWebhook(text: string, problems: ProblemCollector): JsonObject {
  try {
    const value = JSON.parse(text) as JsonValue
    const first = isJsonArray(value) ? value[0] : value
    if (first !== undefined && isJsonObject(first)) return first
  } catch (error) {
    problems.warning(['data', 'webhooks'], 'INVALID_POLICY', `webhooks of Kyverno's ConfigMap is no JSON and counts for nothing: ${(error as Error).message}`)
  }
  return {}
}
