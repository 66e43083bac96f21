import { pointersAnnotation, toAnnotation, type PlannedEntry } from '../ignore-differences/index.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import type { Resource } from '../model/resource.ts'
import type { GeneratedManifests } from '../pipeline/generate-manifests.ts'

/** Manifests with annotations, and what could not be annotated. */
export interface AnnotatedManifests {
  readonly objects: readonly JsonObject[]
  readonly notices: readonly string[]
}

/** Who asks for annotations runs an Argo CD that honours them: the first one. */
const honouredSince = 306

/** Puts the paths to ignore on the resources themselves. What the annotation cannot say stays for the Application to say. */
export function annotate({ resources, entries }: Pick<GeneratedManifests, 'resources' | 'entries'>, namespace: string): AnnotatedManifests {
  const values = new Map<string, string>()
  const notices: string[] = []
  for (const planned of entries) {
    const made = toAnnotation(planned, honouredSince)
    if ('value' in made) values.set(keyOf(planned), made.value)
    else notices.push(`${planned.entry.kind} ${planned.entry.name ?? ''} is not annotated, its entry belongs into the Application: ${made.refused}`)
  }
  if (values.size > 0) notices.push(`${values.size === 1 ? 'one resource carries' : `${values.size} resources carry`} ${pointersAnnotation}; it takes effect where the Application has the sync option RespectIgnoreDifferences=true`)
  return { notices, objects: resources.map((resource) => withAnnotation(resource, findValue(values, resource, namespace))) }
}

function keyOf({ entry: { group = '', kind, name = '', namespace = '' } }: PlannedEntry): string {
  return [group, kind, namespace, name].join('\n')
}

/** Entries name the namespace that a resource goes to; a manifest may leave it to Argo CD, and cluster-wide resources have none. */
function findValue(values: ReadonlyMap<string, string>, { id }: Resource, namespace: string): string | undefined {
  const places = [id.namespace ?? '', namespace === '' ? 'default' : namespace, '']
  return places.map((place) => values.get([id.group, id.kind, place, id.name].join('\n'))).find((value) => value !== undefined)
}

function withAnnotation({ object }: Resource, value: string | undefined): JsonObject {
  if (value === undefined) return object
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const annotations = isJsonObject(metadata['annotations']) ? metadata['annotations'] : {}
  const before = annotations[pointersAnnotation]
  const pointers = [...new Set([...(typeof before === 'string' && before !== '' ? before.split(',') : []), ...value.split(',')])]
  return { ...object, metadata: { ...metadata, annotations: { ...annotations, [pointersAnnotation]: pointers.join(',') } } }
}
