// Counterpart: Argo CD util/argo/resource_tracking.go (Normalize)
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { readObjectKind } from '../../kubernetes/schema/object-kind.ts'
import { ownValue, withKey, withoutKey } from '../../patch/set-key.ts'

const trackingAnnotation = 'argocd.argoproj.io/tracking-id'

/** A live object that carries the instance label but no tracking annotation is taken for one that was tracked by label before. */
export function normalizeTracking(target: JsonObject, live: JsonObject, labelKey: string): JsonObject {
  const labels = readTexts(live, 'labels')
  if (labels === undefined || !hasText(labels, labelKey) || isCrd(live)) return live
  const filled = fillAnnotation(target, live)
  const wanted = readTexts(target, 'labels')
  if (filled === undefined || wanted === undefined || hasText(wanted, labelKey)) return filled ?? live
  const rest = withoutKey(labels, labelKey)
  return withMetadata(filled, 'labels', Object.keys(rest).length === 0 ? undefined : rest)
}

/** Undefined where annotations cannot be read. */
function fillAnnotation(target: JsonObject, live: JsonObject): JsonObject | undefined {
  const [annotations, wanted] = [readTexts(live, 'annotations'), readTexts(target, 'annotations')]
  if (annotations === undefined || hasText(annotations, trackingAnnotation)) return annotations && live
  return wanted && withMetadata(live, 'annotations', withKey(annotations, trackingAnnotation, ownValue(wanted, trackingAnnotation) ?? ''))
}

function hasText(texts: JsonObject, key: string): boolean {
  return (ownValue(texts, key) ?? '') !== ''
}

function isCrd(object: JsonObject): boolean {
  const { group, kind } = readObjectKind(object)
  return group === 'apiextensions.k8s.io' && kind === 'CustomResourceDefinition'
}

/** Labels or annotations; empty where there are none, undefined where one is no text: then Argo CD gives up. */
export function readTexts(object: JsonObject, key: 'labels' | 'annotations'): JsonObject | undefined {
  const metadata = object['metadata']
  const found = isJsonObject(metadata) ? ownValue(metadata, key) : undefined
  if (found === undefined || found === null) return {}
  return isJsonObject(found) && Object.values(found).every((value) => typeof value === 'string') ? found : undefined
}

/** A copy with a field of the metadata set; undefined removes it. */
export function withMetadata(object: JsonObject, key: string, value: JsonValue | undefined): JsonObject {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  return withKey(object, 'metadata', value === undefined ? withoutKey(metadata, key) : withKey(metadata, key, value))
}
