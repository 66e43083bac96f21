// Argo CD: pkg/apis/application/v1alpha1/types.go (Application), as far as it decides what is applied and where.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { Labels, Resource, ResourceId } from '../model/resource.ts'
import type { FieldPath } from '../model/source.ts'

/** An Application as far as rendering goes. */
export interface Application {
  readonly name: string
  /** The namespace that the Application itself lies in. */
  readonly namespace: string | undefined
  readonly project: string
  readonly destination: { readonly server?: string; readonly name?: string; readonly namespace: string }
  readonly sources: readonly ApplicationSource[]
  /** Whether a sync creates the destination namespace. */
  readonly createsNamespace: boolean
  readonly namespaceLabels: Labels
  readonly namespaceAnnotations: Labels
  /** `argocd.argoproj.io/manifest-generate-paths`, taken apart. */
  readonly generatePaths: readonly string[]
}

/** One of an Application's sources. */
export interface ApplicationSource {
  readonly repoURL: string
  readonly targetRevision: string
  readonly path?: string
  /** A chart of a Helm repository. */
  readonly chart?: string
  /** The name by which other sources refer to this one. */
  readonly ref?: string
  /** The config management plugin's block. */
  readonly plugin?: JsonObject
  /** The whole source: its `helm`, `kustomize` and `directory` blocks are read where it is rendered. */
  readonly object: JsonObject
  /** Where the source stands in the Application. */
  readonly field: FieldPath
}

/** Whether a resource is an Application of Argo CD. */
export const isApplication = ({ group, kind }: ResourceId): boolean => group === 'argoproj.io' && kind === 'Application'

/** Whether a resource is an ApplicationSet of Argo CD. */
export const isApplicationSet = ({ group, kind }: ResourceId): boolean => group === 'argoproj.io' && kind === 'ApplicationSet'

/** Reads an Application; fields of a wrong type count as absent. */
export function readApplication({ id, object }: Pick<Resource, 'id' | 'object'>): Application {
  const spec = child(object, 'spec')
  const destination = child(spec, 'destination')
  const syncPolicy = child(spec, 'syncPolicy')
  const managed = child(syncPolicy, 'managedNamespaceMetadata')
  const annotations = child(child(object, 'metadata'), 'annotations')
  const [server, name] = [text(destination['server']), text(destination['name'])]
  return {
    name: id.name, namespace: id.namespace, project: text(spec['project']),
    destination: { ...(server === '' ? {} : { server }), ...(name === '' ? {} : { name }), namespace: text(destination['namespace']) },
    sources: readSources(spec),
    createsNamespace: readList(syncPolicy['syncOptions']).some((option) => option === 'CreateNamespace=true'),
    namespaceLabels: readLabels(managed['labels']), namespaceAnnotations: readLabels(managed['annotations']),
    generatePaths: text(annotations['argocd.argoproj.io/manifest-generate-paths']).split(';').map((path) => path.trim()).filter((path) => path !== ''),
  }
}

/** Argo CD's GetSources: what a hydrator writes is rendered from its dry source; `sources` wins over `source`. */
function readSources(spec: JsonObject): readonly ApplicationSource[] {
  const hydrator = spec['sourceHydrator']
  if (isJsonObject(hydrator)) return [readSource(child(hydrator, 'drySource'), ['spec', 'sourceHydrator', 'drySource'])]
  const sources = readList(spec['sources'])
  if (sources.length > 0) return sources.flatMap((source, index) => (isJsonObject(source) ? [readSource(source, ['spec', 'sources', index])] : []))
  return isJsonObject(spec['source']) ? [readSource(spec['source'], ['spec', 'source'])] : []
}

function readSource(source: JsonObject, field: FieldPath): ApplicationSource {
  const [path, chart, ref] = [text(source['path']), text(source['chart']), text(source['ref'])]
  return {
    repoURL: text(source['repoURL']), targetRevision: text(source['targetRevision']), object: source, field,
    ...(path === '' ? {} : { path }), ...(chart === '' ? {} : { chart }), ...(ref === '' ? {} : { ref }),
    ...(isJsonObject(source['plugin']) ? { plugin: source['plugin'] } : {}),
  }
}

function child(object: JsonObject, name: string): JsonObject {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}

function readList(value: JsonValue | undefined): readonly JsonValue[] {
  return isJsonArray(value) ? value : []
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}

function readLabels(value: JsonValue | undefined): Labels {
  return isJsonObject(value) ? Object.fromEntries(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string')) : {}
}
