import { parseManifests } from '../manifest/index.ts'
import { isJsonArray, isJsonObject, type JsonObject } from '../model/json.ts'
import type { GenerateManifestsOptions } from '../pipeline/generate-manifests.ts'
import type { PluginRequest } from './environment.ts'
import type { ParameterValues } from './parameters.ts'

type RenderOptions = GenerateManifestsOptions['render']

const types = { directory: 'Directory', jsonnet: 'Directory', kustomize: 'Kustomize', helm: 'Helm', 'helm-kustomize': 'HelmKustomize' } as const

/** Which renderer an application asked for; undefined leaves it to the files, as Argo CD does. */
export function chooseType({ renderer = 'auto' }: ParameterValues): GenerateManifestsOptions['type'] {
  return renderer === 'auto' ? undefined : types[renderer]
}

/** What a plugin source loses of an Application's fields comes back as parameters: the same fields for the same renderers. */
export function toRenderOptions(request: PluginRequest, values: ParameterValues, limits: { readonly network: boolean; readonly timeoutMs: number }): RenderOptions {
  const helm = helmOptions(values)
  const kustomize = kustomizeOptions(values)
  const directory = directoryOptions(values)
  return {
    appName: request.application, namespace: request.namespace,
    ...(request.kubeVersion === undefined ? {} : { kubeVersion: request.kubeVersion }), apiVersions: request.apiVersions,
    buildEnvironment: buildEnvironment(request),
    ...(helm === undefined ? {} : { helm }), ...(kustomize === undefined ? {} : { kustomize }), ...(directory === undefined ? {} : { directory }),
    overrides: false, ...limits,
  }
}

function buildEnvironment({ application, namespace, project, revision, source }: PluginRequest): Readonly<Record<string, string>> {
  return {
    ARGOCD_APP_NAME: application, ARGOCD_APP_NAMESPACE: namespace, ARGOCD_APP_PROJECT_NAME: project, ARGOCD_APP_REVISION: revision,
    ARGOCD_APP_REVISION_SHORT: revision.slice(0, 7), ARGOCD_APP_REVISION_SHORT_8: revision.slice(0, 8), ARGOCD_APP_SOURCE_REPO_URL: source.repoURL,
    ARGOCD_APP_SOURCE_PATH: source.path, ARGOCD_APP_SOURCE_TARGET_REVISION: source.targetRevision,
  }
}

/** Drops what is unset; undefined where nothing is left, so that no block of options settles the source type by being empty. */
function compact<T extends object>(options: { readonly [Key in keyof T]: T[Key] | undefined }): T | undefined {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined && value !== false)
  return entries.length === 0 ? undefined : Object.fromEntries(entries) as T
}

const pairs = (map: Readonly<Record<string, string>> | undefined): readonly (readonly [string, string])[] => Object.entries(map ?? {})

function helmOptions(values: ParameterValues): RenderOptions['helm'] {
  const parameters = [
    ...pairs(values.helmParameters).map(([name, value]) => ({ name, value })),
    ...pairs(values.helmStringParameters).map(([name, value]) => ({ name, value, forceString: true })),
  ]
  const files = pairs(values.helmFileParameters).map(([name, path]) => ({ name, path }))
  return compact<NonNullable<RenderOptions['helm']>>({
    releaseName: values.helmReleaseName, namespace: values.helmNamespace, valueFiles: values.helmValueFiles, values: values.helmValues,
    ignoreMissingValueFiles: values.helmIgnoreMissingValueFiles, skipCrds: values.helmSkipCrds, skipTests: values.helmSkipTests,
    skipSchemaValidation: values.helmSkipSchemaValidation, parameters: parameters.length === 0 ? undefined : parameters,
    fileParameters: files.length === 0 ? undefined : files,
  } as never)
}

function kustomizeOptions(values: ParameterValues): RenderOptions['kustomize'] {
  const replicas = pairs(values.kustomizeReplicas).map(([name, count]) => ({ name, count }))
  return compact<NonNullable<RenderOptions['kustomize']>>({
    namespace: values.kustomizeNamespace, namePrefix: values.kustomizeNamePrefix, nameSuffix: values.kustomizeNameSuffix, images: values.kustomizeImages,
    commonLabels: values.kustomizeCommonLabels, commonAnnotations: values.kustomizeCommonAnnotations, components: values.kustomizeComponents,
    patches: values.kustomizePatches === undefined ? undefined : readPatches(values.kustomizePatches), replicas: replicas.length === 0 ? undefined : replicas,
  } as never)
}

/** The text was checked by `findOptionProblems`. */
function readPatches(text: string): readonly JsonObject[] {
  const [document] = parseManifests(text, 'kustomizePatches').documents
  const value = document?.value ?? null
  return isJsonArray(value) ? value.filter(isJsonObject) : []
}

function directoryOptions(values: ParameterValues): RenderOptions['directory'] {
  const variables = (map: Readonly<Record<string, string>> | undefined) => (map === undefined ? undefined : pairs(map).map(([name, value]) => ({ name, value })))
  const jsonnet = compact<NonNullable<NonNullable<RenderOptions['directory']>['jsonnet']>>({
    extVars: variables(values.jsonnetExtVars), tlas: variables(values.jsonnetTlas), libs: values.jsonnetLibs,
  } as never)
  return compact<NonNullable<RenderOptions['directory']>>({
    recurse: values.directoryRecurse, include: values.directoryInclude, exclude: values.directoryExclude, jsonnet,
  } as never)
}

/** What is wrong with parameters whose text has a form of its own. */
export function findOptionProblems({ kustomizePatches }: ParameterValues): readonly string[] {
  if (kustomizePatches === undefined) return []
  const [document] = parseManifests(kustomizePatches, 'kustomizePatches').documents
  const value = document?.value ?? null
  return isJsonArray(value) && value.every(isJsonObject) ? [] : ["parameter 'kustomizePatches' must be a YAML list of patches"]
}
