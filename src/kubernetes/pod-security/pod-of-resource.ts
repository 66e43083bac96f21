// Faithful to Kyverno's pkg/engine/handlers/validation/validate_pss.go (getSpec, convertChecks).
import { EvaluationError } from '../../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { controllerShape, cronJobShape, podShape } from './pod-shape.ts'
import type { Pod } from './pod.ts'
import { findTypeError, type Struct } from './shape.ts'

/** A Pod and where in the resource it is. */
export interface PlacedPod {
  readonly pod: Pod
  /** The resource's path of a path that starts at the Pod's root (`spec …`, `metadata …`). */
  readonly place: (path: FieldPath) => FieldPath
  /** The field's text as Kyverno prints it for this kind. */
  readonly rewriteField: (field: string) => string
}

interface Layout {
  readonly shape: Struct
  readonly spec: readonly string[]
  readonly metadata: readonly string[]
}

const pod: Layout = { shape: podShape, spec: ['spec'], metadata: ['metadata'] }
const controller: Layout = { shape: controllerShape, spec: ['spec', 'template', 'spec'], metadata: ['spec', 'template', 'metadata'] }
/** The annotations of a CronJob's Pod are ignored: Kyverno takes those of the Job. */
const cronJob: Layout = {
  shape: cronJobShape, spec: ['spec', 'jobTemplate', 'spec', 'template', 'spec'], metadata: ['spec', 'jobTemplate', 'metadata'],
}
const layouts: ReadonlyMap<string, Layout> = new Map([
  ['Pod', pod], ['CronJob', cronJob],
  ...['DaemonSet', 'Deployment', 'Job', 'StatefulSet', 'ReplicaSet', 'ReplicationController'].map((kind) => [kind, controller] as const),
])

/** Finds the Pod in a Pod, a controller or a CronJob. Throws for other kinds, and for fields of a wrong type. */
export function podOfResource(resource: JsonObject): PlacedPod {
  const layout = layouts.get(String(resource['kind']))
  if (layout === undefined) throw new EvaluationError('TYPE_MISMATCH', 'could not find correct resource type')
  const complaint = findTypeError(resource, layout.shape)
  if (complaint !== undefined) throw new EvaluationError('TYPE_MISMATCH', complaint)
  return {
    pod: { metadata: objectAt(resource, layout.metadata), spec: objectAt(resource, layout.spec) } as Pod,
    place: ([root, ...rest]) => [...(root === 'spec' ? layout.spec : layout.metadata), ...rest],
    // Kyverno replaces the words wherever they stand, and says "spec.template.metadata" for Pods as well.
    rewriteField: (field) => field.replaceAll('spec', layout.spec.join('.')).replaceAll('metadata', 'spec.template.metadata'),
  }
}

function objectAt(resource: JsonObject, path: readonly string[]): JsonObject {
  let value: JsonValue | undefined = resource
  for (const step of path) value = isJsonObject(value) && Object.hasOwn(value, step) ? value[step] : undefined
  return isJsonObject(value) ? value : {}
}
