// Kyverno: pkg/engine/context/context.go (ImageInfoLoader, convertImagesToUnstructured)
import { extractImages, imagesVariable } from '../../kubernetes/images.ts'
import { isJsonObject, type JsonValue } from '../../model/json.ts'
import type { ResourceView } from '../resource-view.ts'
import type { DeferredEntry } from './deferred-entry.ts'

/** The variable `images`; unknown for resources that have none. */
export function imagesEntry(view: ResourceView): DeferredEntry {
  return {
    name: 'images',
    load(): JsonValue | undefined {
      const images = extractImages(view.resource.object)
      return images.size === 0 ? undefined : mapValues(imagesVariable(images), (group) => mapValues(group, withoutPullSecrets))
    },
  }
}

/** Kyverno keeps them to itself: they are no part of the variable. */
function withoutPullSecrets(image: JsonValue): JsonValue {
  return isJsonObject(image) ? Object.fromEntries(Object.entries(image).filter(([key]) => key !== 'imagePullSecrets')) : image
}

function mapValues(value: JsonValue, change: (item: JsonValue) => JsonValue): JsonValue {
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, change(item)])) : value
}
