// Kyverno: pkg/background/common/{labels,constants}.go, pkg/background/generate/source.go
import { isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import type { RulePolicy } from '../../../model/policy.ts'
import { targetOf, textOf } from './target.ts'

const prefix = 'generate.kyverno.io'

/** Who made a generated resource and why; what is not known is an empty text. */
export function originLabels(policy: RulePolicy, ruleName: string, trigger: JsonObject): Readonly<Record<string, string>> {
  return {
    'app.kubernetes.io/managed-by': 'kyverno',
    [`${prefix}/policy-name`]: policy.name,
    [`${prefix}/policy-namespace`]: policy.kind === 'Policy' ? policy.namespace ?? '' : '',
    [`${prefix}/rule-name`]: ruleName,
    ...describe('trigger', trigger),
  }
}

/** Where a clone comes from; Kyverno marks the source before it copies it. */
export function sourceLabels(source: JsonObject): Readonly<Record<string, string>> {
  return { [`${prefix}/clone-source`]: '', ...describe('source', source) }
}

function describe(role: 'trigger' | 'source', object: JsonObject): Readonly<Record<string, string>> {
  const { apiVersion, kind, namespace } = targetOf(object)
  const [version = '', group = ''] = apiVersion.split('/').toReversed()
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  return {
    [`${prefix}/${role}-version`]: version,
    [`${prefix}/${role}-group`]: group,
    [`${prefix}/${role}-kind`]: kind,
    [`${prefix}/${role}-namespace`]: namespace,
    [`${prefix}/${role}-uid`]: textOf(metadata['uid']),
  }
}

/** The object's labels with more over them; labels that are not all texts count as none, as apimachinery reads them. */
export function withLabels(object: JsonObject, added: Readonly<Record<string, string>>): JsonObject {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const labels: JsonValue | undefined = metadata['labels']
  const own = isJsonObject(labels) && Object.values(labels).every((value) => typeof value === 'string') ? labels : {}
  return { ...object, metadata: { ...metadata, labels: { ...own, ...added } } }
}
