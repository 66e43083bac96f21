// Kyverno: pkg/engine/api/imageverifymetadata.go, pkg/engine/utils/image.go (IsImageVerifiedForPolicy)
import { EvaluationError } from '../../../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import type { RulePolicy } from '../../../model/policy.ts'
import { goJsonText } from '../../../values/json-text.ts'
import { parseJson } from '../../../values/json-parse.ts'

export type VerificationStatus = 'pass' | 'fail' | 'skip'

/** That a rule looked at an image, and what came of it. Kyverno keeps these in annotations of the resource. */
export interface VerificationRecord {
  /** `namespace/name`; of a cluster-wide policy the namespace is empty. */
  readonly policy: string
  readonly rule: string
  readonly image: string
  readonly status: VerificationStatus
}

const plainAnnotation = 'kyverno.io/verify-images'
const scopedAnnotation = 'kyverno.io/verify-images-scoped'

/** How records name a policy. */
export function recordKey(policy: RulePolicy): string {
  return `${policy.kind === 'Policy' ? policy.namespace ?? '' : ''}/${policy.name}`
}

/** Writes records into the object's annotations, in place of any that are there: only this evaluation is trusted. */
export function writeRecords(object: JsonObject, records: readonly VerificationRecord[]): JsonObject {
  const plain: Record<string, JsonValue> = {}
  let policies: JsonObject = {}
  for (const { policy, rule, image, status } of records) {
    plain[image] = status
    const rules = childOf(policies, policy)
    policies = { ...policies, [policy]: { ...rules, [rule]: { ...childOf(rules, rule), [image]: status } } }
  }
  const metadata = childOf(object, 'metadata')
  const annotations = childOf(metadata, 'annotations')
  return {
    ...object,
    metadata: {
      ...metadata,
      annotations: { ...annotations, [plainAnnotation]: goJsonText(plain), [scopedAnnotation]: `{"version":1,"policies":${goJsonText(policies)}}` },
    },
  }
}

/** What an object's annotations say about an image; `fail` where they say nothing. */
export function readRecord(object: JsonObject, { policy, rule, image }: Omit<VerificationRecord, 'status'>): VerificationStatus {
  const annotations = childOf(childOf(object, 'metadata'), 'annotations')
  const text = Object.hasOwn(annotations, scopedAnnotation) ? annotations[scopedAnnotation] : undefined
  if (typeof text !== 'string') return 'fail'
  const data = parseJson(text)
  if (!isJsonObject(data)) throw new EvaluationError('INVALID_RULE', 'failed to parse scoped image metadata')
  if (data['version'] !== 1) return 'fail'
  const rules = childOf(childOf(data, 'policies'), policy)
  const images = childOf(rules, rule)
  const status = Object.hasOwn(images, image) ? images[image] : undefined
  return status === 'pass' || status === 'skip' ? status : 'fail'
}

function childOf(object: JsonObject, key: string): JsonObject {
  const value = Object.hasOwn(object, key) ? object[key] : undefined
  return isJsonObject(value) ? value : {}
}
