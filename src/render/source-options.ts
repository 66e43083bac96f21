// The fields of Argo CD's ApplicationSource (pkg/apis/application/v1alpha1/types.go) that decide what is rendered.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'

/** `spec.source` of an Application as far as rendering goes. */
export interface SourceOptions {
  readonly helm?: HelmOptions
  readonly kustomize?: KustomizeOptions
  readonly directory?: DirectoryOptions
}

export interface HelmOptions {
  readonly releaseName?: string
  readonly namespace?: string
  readonly valueFiles?: readonly string[]
  readonly ignoreMissingValueFiles?: boolean
  /** Inline values, as YAML text. */
  readonly values?: string
  /** Inline values; win over `values`. */
  readonly valuesObject?: JsonObject
  readonly parameters?: readonly { readonly name: string; readonly value: string; readonly forceString?: boolean }[]
  readonly fileParameters?: readonly { readonly name: string; readonly path: string }[]
  readonly kubeVersion?: string
  readonly apiVersions?: readonly string[]
  readonly skipCrds?: boolean
  readonly skipTests?: boolean
  readonly skipSchemaValidation?: boolean
  readonly passCredentials?: boolean
}

export interface KustomizeOptions {
  readonly namePrefix?: string
  readonly nameSuffix?: string
  readonly namespace?: string
  readonly images?: readonly string[]
  readonly replicas?: readonly { readonly name: string; readonly count: number | string }[]
  readonly commonLabels?: Readonly<Record<string, string>>
  readonly forceCommonLabels?: boolean
  readonly labelWithoutSelector?: boolean
  readonly labelIncludeTemplates?: boolean
  readonly commonAnnotations?: Readonly<Record<string, string>>
  readonly forceCommonAnnotations?: boolean
  readonly commonAnnotationsEnvsubst?: boolean
  readonly patches?: readonly JsonObject[]
  readonly components?: readonly string[]
  readonly ignoreMissingComponents?: boolean
  readonly kubeVersion?: string
  readonly apiVersions?: readonly string[]
}

export interface DirectoryOptions {
  readonly recurse?: boolean
  readonly include?: string
  readonly exclude?: string
  readonly disableExtensionFilter?: boolean
  readonly jsonnet?: JsonnetOptions
}

export interface JsonnetOptions {
  readonly extVars?: readonly JsonnetVariable[]
  readonly tlas?: readonly JsonnetVariable[]
  readonly libs?: readonly string[]
}

/** A variable or top-level argument; with `code` its value is an expression. */
export interface JsonnetVariable {
  readonly name: string
  readonly value: string
  readonly code?: boolean
}

type Read<T> = (value: JsonValue | undefined) => T | undefined
type Fields<T> = { readonly [Key in keyof Required<T>]: Read<Required<T>[Key]> }

const text: Read<string> = (value) => (typeof value === 'string' && value !== '' ? value : undefined)
const flag: Read<boolean> = (value) => (value === true ? true : undefined)
const object: Read<JsonObject> = (value) => (isJsonObject(value) ? value : undefined)
const scalar: Read<string> = (value) => (value === null || value === undefined || typeof value === 'object' ? undefined : String(value))

function list<T>(read: Read<T>): Read<readonly T[]> {
  return (value) => {
    const items = isJsonArray(value) ? value.flatMap((item) => read(item) ?? []) as T[] : []
    return items.length === 0 ? undefined : items
  }
}

function map(value: JsonValue | undefined): Readonly<Record<string, string>> | undefined {
  const entries = isJsonObject(value) ? Object.entries(value).flatMap(([key, item]) => (scalar(item) === undefined ? [] : [[key, scalar(item) as string] as const])) : []
  return entries.length === 0 ? undefined : Object.fromEntries(entries)
}

/** Takes the fields that are there and have the right type, as Go's decoder leaves the others at their zero value. */
function fields<T>(readers: Fields<T>): Read<T> {
  return (value) => {
    if (!isJsonObject(value)) return undefined
    const entries = Object.entries(readers) as [string, Read<unknown>][]
    return Object.fromEntries(entries.flatMap(([name, read]) => {
      const found = Object.hasOwn(value, name) ? read(value[name]) : undefined
      return found === undefined ? [] : [[name, found]]
    })) as T
  }
}

const variable = fields<JsonnetVariable>({ name: text, value: scalar, code: flag })

const helm = fields<HelmOptions>({
  releaseName: text, namespace: text, valueFiles: list(text), ignoreMissingValueFiles: flag, values: text, valuesObject: object,
  parameters: list(fields<{ name: string; value: string; forceString?: boolean }>({ name: text, value: scalar, forceString: flag })),
  fileParameters: list(fields<{ name: string; path: string }>({ name: text, path: text })),
  kubeVersion: text, apiVersions: list(text), skipCrds: flag, skipTests: flag, skipSchemaValidation: flag, passCredentials: flag,
})

const kustomize = fields<KustomizeOptions>({
  namePrefix: text, nameSuffix: text, namespace: text, images: list(text), replicas: list(fields<{ name: string; count: number | string }>({ name: text, count: scalar })),
  commonLabels: map, forceCommonLabels: flag, labelWithoutSelector: flag, labelIncludeTemplates: flag,
  commonAnnotations: map, forceCommonAnnotations: flag, commonAnnotationsEnvsubst: flag, patches: list(object), components: list(text), ignoreMissingComponents: flag,
  kubeVersion: text, apiVersions: list(text),
})

const directory = fields<DirectoryOptions>({
  recurse: flag, include: text, exclude: text, disableExtensionFilter: flag,
  jsonnet: fields<JsonnetOptions>({ extVars: list(variable), tlas: list(variable), libs: list(text) }),
})

/** Reads the rendering part of an Application's `spec.source`. */
export const readSourceOptions = (source: JsonObject): SourceOptions => fields<SourceOptions>({ helm, kustomize, directory })(source) ?? {}
