import { isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { Resource, Trigger } from '../model/resource.ts'
import { toFloat64, toInt64 } from '../values/numbers.ts'
import type { MatchSubject } from './match/match-subject.ts'

/**
 * How Go's decoders left the numbers of a resource: in a cluster the object is read with int64 and the JMESPath context with float64, until a rule of
 * the policy has been evaluated; the CLI turns all whole numbers into float64, and reads both with int64 once a mutation has changed the resource.
 */
export type NumberReading = 'cluster' | 'float64' | 'int64'

/** A resource as evaluators see it; each reading is made when it is first needed. */
export class ResourceView {
  readonly resource: Resource
  readonly #reading: NumberReading
  readonly #before: ResourceView | undefined
  #object: JsonObject | undefined
  #evaluated: ResourceView | undefined
  #contextObject: JsonObject | undefined
  #metadata: Metadata | undefined

  /** `before` is a view of the same resource with the same object. */
  constructor(resource: Resource, reading: NumberReading, before?: ResourceView) {
    this.resource = resource
    this.#reading = reading
    this.#before = before
  }

  /** For patterns. */
  get object(): JsonObject {
    return this.#object ??= this.#before?.object ?? (this.#reading === 'float64' ? toFloat64 : toInt64)(this.resource.object) as JsonObject
  }

  /** For expressions: `request.object`. */
  get contextObject(): JsonObject {
    return this.#contextObject ??= this.#reading === 'int64' ? this.object : toFloat64(this.resource.object) as JsonObject
  }

  /** The resource as the rules of a policy see it after one of them: Kyverno puts the decoded object where the request's JSON was. */
  get evaluated(): ResourceView {
    if (this.#reading !== 'cluster') return this
    return this.#evaluated ??= new ResourceView(this.resource, 'int64', this)
  }

  get metadata(): Metadata {
    return this.#metadata ??= this.#before?.metadata ?? readMetadata(this.resource.object)
  }
}

interface Metadata {
  readonly name: string
  readonly namespace: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

function readMetadata(object: JsonObject): Metadata {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  const text = (name: string): string => (typeof metadata[name] === 'string' ? metadata[name] : '')
  return { name: text('name') || text('generateName'), namespace: text('namespace'), labels: textMap(metadata['labels']), annotations: textMap(metadata['annotations']) }
}

const noTexts: Readonly<Record<string, string>> = {}

/** As apimachinery's GetLabels: a map with anything but strings in it counts as none. */
function textMap(value: JsonValue | undefined): Readonly<Record<string, string>> {
  return isJsonObject(value) && Object.values(value).every((item) => typeof item === 'string') ? value as Record<string, string> : noTexts
}

/** What match and exclude blocks look at. */
export function toMatchSubject(view: ResourceView, trigger: Trigger): MatchSubject {
  const { id } = view.resource
  const { metadata } = view
  return {
    group: id.group, version: id.version, kind: id.kind, subresource: trigger.subresource ?? '', name: metadata.name, namespace: metadata.namespace,
    labels: metadata.labels, annotations: metadata.annotations, namespaceLabels: trigger.namespaceLabels, user: trigger.user, operation: trigger.operation,
  }
}
