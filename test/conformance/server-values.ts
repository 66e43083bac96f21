import type { JsonObject } from '../../src/model/json.ts'

type Mutable = Record<string, unknown>

/** Takes out what only the server can choose, and the annotation that kubectl writes. */
export function withoutServerValues(object: JsonObject, desired: JsonObject): JsonObject {
  const copy = structuredClone(object) as Mutable
  const metadata = copy['metadata'] as Mutable
  for (const key of ['uid', 'resourceVersion', 'creationTimestamp', 'managedFields', 'selfLink']) delete metadata[key]
  const annotations = metadata['annotations'] as Mutable | undefined
  if (annotations !== undefined) {
    delete annotations['kubectl.kubernetes.io/last-applied-configuration']
    if (Object.keys(annotations).length === 0) delete metadata['annotations']
  }
  const rule = serverValues.get(String(copy['kind']))
  rule?.(copy, (desired['spec'] ?? {}) as Mutable)
  return copy as JsonObject
}

const serverValues: ReadonlyMap<string, (object: Mutable, desiredSpec: Mutable) => void> = new Map([
  ['PersistentVolume', (object) => delete (object['status'] as Mutable | undefined)?.['lastPhaseTransitionTime']],
  ['Service', (object, desiredSpec) => {
    const spec = object['spec'] as Mutable
    if (desiredSpec['clusterIP'] === undefined) for (const key of ['clusterIP', 'clusterIPs']) delete spec[key]
    const wanted = (desiredSpec['ports'] ?? []) as Mutable[]
    for (const [index, port] of ((spec['ports'] ?? []) as Mutable[]).entries()) if (wanted[index]?.['nodePort'] === undefined) delete port['nodePort']
  }],
  ['Job', (object) => {
    const spec = object['spec'] as Mutable
    const template = (spec['template'] as Mutable)['metadata'] as Mutable | undefined
    delete spec['selector']
    for (const labels of [(object['metadata'] as Mutable)['labels'], template?.['labels']]) {
      for (const key of ['controller-uid', 'batch.kubernetes.io/controller-uid']) delete (labels as Mutable | undefined)?.[key]
    }
  }],
])
