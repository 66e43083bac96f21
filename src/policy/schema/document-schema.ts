import { any, object, text, textMap, varied, type ObjectSchema, type Schema } from './schema.ts'

/** What users and programs write into metadata; the rest of ObjectMeta is set by the API server and is not looked at. */
const metadata = object({
  name: text, generateName: text, namespace: text, labels: textMap, annotations: textMap, uid: any, resourceVersion: any, generation: any,
  creationTimestamp: any, deletionTimestamp: any, deletionGracePeriodSeconds: any, ownerReferences: any, finalizers: any, managedFields: any, selfLink: any,
})

/** A Kubernetes document around a spec. */
export function document(spec: Schema): ObjectSchema {
  return object({ 'apiVersion*': text, 'kind*': text, 'metadata*': varied(metadata, []), 'spec*': spec, status: any })
}
