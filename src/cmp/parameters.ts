import type { PluginParameter } from './environment.ts'

/** How Argo CD's UI shows a parameter: pkg/apis of argo-cd, ParameterAnnouncement. */
export type CollectionType = 'string' | 'array' | 'map'

/** A parameter that applications may set. */
export interface ParameterRow {
  readonly type: CollectionType
  readonly title: string
  readonly tooltip: string
  /** What the UI shows where nothing is set; the plugin applies it itself, because Argo CD does not send it. */
  readonly default?: string
  readonly choices?: readonly string[]
  /** Texts `true` and `false`. */
  readonly boolean?: true
}

const yesNo = { type: 'string', boolean: true, default: 'false' } as const

/** Every parameter, in the order of the UI. plugin.yaml, the announcements and the docs derive from it. */
export const pluginParameters = {
  mode: { type: 'string', title: 'Mode', choices: ['policy', 'audit', 'enforce'],
    tooltip: "policy respects each rule's failureAction, enforce refuses every violation; an application can only be stricter than the platform" },
  policies: { type: 'array', title: 'Further policies', tooltip: "policies of the repository to evaluate besides the platform's: files or folders, or builtin:NAME" },
  exceptions: { type: 'array', title: 'Policy exceptions', tooltip: 'files or folders with PolicyExceptions; they count only where the platform allows it' },
  policyValues: { type: 'array', title: 'Values for policies', tooltip: "files in the format of Kyverno's values: variables, labels of namespaces" },
  renderer: { type: 'string', title: 'Renderer', choices: ['auto', 'directory', 'kustomize', 'helm', 'jsonnet', 'helm-kustomize'], default: 'auto',
    tooltip: 'how the source is rendered; auto decides as Argo CD does, helm-kustomize runs kustomize on the rendered chart' },
  helmReleaseName: { type: 'string', title: 'Helm: release name', tooltip: "the Application's name where empty" },
  helmValueFiles: { type: 'array', title: 'Helm: values files', tooltip: 'relative to the chart; the last one wins' },
  helmIgnoreMissingValueFiles: { ...yesNo, title: 'Helm: ignore missing values files', tooltip: 'true or false' },
  helmValues: { type: 'string', title: 'Helm: values', tooltip: 'YAML, applied after the files' },
  helmParameters: { type: 'map', title: 'Helm: parameters', tooltip: 'as --set' },
  helmStringParameters: { type: 'map', title: 'Helm: string parameters', tooltip: 'as --set-string' },
  helmFileParameters: { type: 'map', title: 'Helm: file parameters', tooltip: 'as --set-file' },
  helmSkipCrds: { ...yesNo, title: 'Helm: skip CRDs', tooltip: 'true or false' },
  helmSkipTests: { ...yesNo, title: 'Helm: skip tests', tooltip: 'true or false' },
  helmSkipSchemaValidation: { ...yesNo, title: 'Helm: skip schema validation', tooltip: 'true or false' },
  helmNamespace: { type: 'string', title: 'Helm: namespace', tooltip: "the destination's namespace where empty" },
  kustomizeNamespace: { type: 'string', title: 'Kustomize: namespace', tooltip: 'as spec.source.kustomize.namespace' },
  kustomizeNamePrefix: { type: 'string', title: 'Kustomize: name prefix', tooltip: 'as spec.source.kustomize.namePrefix' },
  kustomizeNameSuffix: { type: 'string', title: 'Kustomize: name suffix', tooltip: 'as spec.source.kustomize.nameSuffix' },
  kustomizeImages: { type: 'array', title: 'Kustomize: images', tooltip: 'old=new:tag' },
  kustomizeReplicas: { type: 'map', title: 'Kustomize: replicas', tooltip: 'name: count' },
  kustomizeCommonLabels: { type: 'map', title: 'Kustomize: common labels', tooltip: 'as spec.source.kustomize.commonLabels' },
  kustomizeCommonAnnotations: { type: 'map', title: 'Kustomize: common annotations', tooltip: 'as spec.source.kustomize.commonAnnotations' },
  kustomizeComponents: { type: 'array', title: 'Kustomize: components', tooltip: 'as spec.source.kustomize.components' },
  kustomizePatches: { type: 'string', title: 'Kustomize: patches', tooltip: 'YAML list, as spec.source.kustomize.patches' },
  directoryRecurse: { ...yesNo, title: 'Directory: recurse', tooltip: 'true or false' },
  directoryInclude: { type: 'string', title: 'Directory: include', tooltip: 'glob' },
  directoryExclude: { type: 'string', title: 'Directory: exclude', tooltip: 'glob' },
  jsonnetExtVars: { type: 'map', title: 'Jsonnet: external variables', tooltip: 'name: text' },
  jsonnetTlas: { type: 'map', title: 'Jsonnet: top-level arguments', tooltip: 'name: text' },
  jsonnetLibs: { type: 'array', title: 'Jsonnet: library folders', tooltip: 'relative to the repository' },
  ignoreDifferences: { type: 'string', title: 'ignoreDifferences', choices: ['off', 'report', 'annotate'], default: 'off',
    tooltip: 'report: the log names the entries that end the fight; annotate: rendered objects carry them where Argo CD honours that' },
  applyMutations: { ...yesNo, title: 'Apply mutations', tooltip: 'true: the mutate rules are applied at render, where the platform allows it' },
  reportManifest: { ...yesNo, title: 'Report in the tree', tooltip: "true: a PolicyReport among the application's resources" },
} as const satisfies Record<string, ParameterRow>

export type ParameterName = keyof typeof pluginParameters

type ValueOf<Row extends ParameterRow> =
  Row['type'] extends 'array' ? readonly string[]
  : Row['type'] extends 'map' ? Readonly<Record<string, string>>
  : Row extends { readonly boolean: true } ? boolean
  : Row extends { readonly choices: readonly (infer Choice)[] } ? Choice : string

/** What an application set; absent is unset. */
export type ParameterValues = { readonly [Name in ParameterName]?: ValueOf<(typeof pluginParameters)[Name]> }

/** Reads an application's parameters. An unknown name or a wrong value is a problem: a typing error must not quietly change what is checked. */
export function readParameterValues(parameters: readonly PluginParameter[]): { readonly values: ParameterValues; readonly problems: readonly string[] } {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  for (const parameter of parameters) {
    if (!Object.hasOwn(pluginParameters, parameter.name)) {
      problems.push(`unknown parameter '${parameter.name}'; known are ${Object.keys(pluginParameters).join(', ')}`)
      continue
    }
    const read = readValue(parameter, pluginParameters[parameter.name as ParameterName])
    if ('problem' in read) problems.push(read.problem)
    else if (read.value !== undefined) values[parameter.name] = read.value
  }
  return { values: values as ParameterValues, problems }
}

type Read = { readonly value: unknown } | { readonly problem: string }

function readValue(parameter: PluginParameter, row: ParameterRow): Read {
  const { name } = parameter
  if (parameter.kind !== row.type) return { problem: `parameter '${name}' must be ${row.type === 'string' ? 'a string' : `${row.type === 'array' ? 'an array' : 'a map'} of strings`}, not a ${parameter.kind}` }
  if (parameter.kind !== 'string') return { value: parameter.value }
  // A field that was cleared in the UI arrives as an empty text.
  if (parameter.value === '') return { value: undefined }
  if (row.boolean === true) return readBoolean(name, parameter.value)
  if (row.choices !== undefined && !row.choices.includes(parameter.value)) return { problem: `parameter '${name}' must be one of ${row.choices.join(', ')}, not '${parameter.value}'` }
  return { value: parameter.value }
}

function readBoolean(name: string, text: string): Read {
  return text === 'true' || text === 'false' ? { value: text === 'true' } : { problem: `parameter '${name}' must be true or false, not '${text}'` }
}

/** One entry of what Argo CD's UI asks for. */
export interface ParameterAnnouncement {
  readonly name: string
  readonly title: string
  readonly tooltip: string
  readonly collectionType: CollectionType
  readonly itemType: 'string'
  readonly string?: string
  readonly array?: readonly string[]
  readonly map?: Readonly<Record<string, string>>
}

/** The static announcements of plugin.yaml: the UI shows `current` where given, else the default. */
export function announceParameters(current: Readonly<Partial<Record<ParameterName, string | readonly string[] | Readonly<Record<string, string>>>>> = {}): readonly ParameterAnnouncement[] {
  return Object.entries(pluginParameters as Record<ParameterName, ParameterRow>).map(([name, row]) => {
    const value = current[name as ParameterName]
    const choices = row.choices === undefined ? '' : ` (${row.choices.join(', ')})`
    const shown = row.type === 'string' ? { string: typeof value === 'string' ? value : row.default ?? '' } : value === undefined ? {} : { [row.type]: value }
    return { name, title: row.title, tooltip: `${row.tooltip}${choices}`, collectionType: row.type, itemType: 'string', ...shown }
  })
}
