// Argo CD: util/helm/cmd.go (template), reposerver/repository/repository.go (helmTemplate).
import { basename } from 'node:path'
import type { SourceLocation } from '../model/source.ts'
import { expandVariables } from './expand-variables.ts'
import { resolveValueFile } from './helm-values.ts'
import { defaultKubeVersion, toPlainVersion } from './kube-version.ts'
import type { RenderContext } from './render-context.ts'
import type { HelmOptions } from './source-options.ts'

/** Files that the arguments name, resolved before. */
export interface HelmFiles {
  readonly valueFiles: readonly string[]
  /** A file with the inline values. */
  readonly extraValues: string | undefined
  readonly location: SourceLocation
}

/** The arguments of `helm template .` in Argo CD's order. */
export function helmArguments(context: RenderContext, { valueFiles, extraValues, location }: HelmFiles): string[] {
  const { helm = {}, namespace: destination, kubeVersion = defaultKubeVersion, apiVersions = [] } = context.options
  const fileParameters = helm.fileParameters ?? []
  return [
    'template', '.', '--name-template', releaseName(context),
    ...each('--namespace', [helm.namespace ?? destination ?? ''].filter((namespace) => namespace !== '')),
    '--kube-version', toPlainVersion(helm.kubeVersion ?? kubeVersion),
    ...setParameters(context),
    ...each('--set-file', fileParameters.map(({ name, path }) => `${name}=${escapeCommas(resolveValueFile(context, path, location).path)}`)),
    ...each('--values', extraValues === undefined ? valueFiles : [...valueFiles, extraValues]),
    ...each('--api-versions', helm.apiVersions ?? apiVersions),
    ...switches(helm),
  ]
}

function each(option: string, values: readonly string[]): string[] {
  return values.flatMap((value) => [option, value])
}

function switches({ skipCrds, skipSchemaValidation, skipTests }: HelmOptions): string[] {
  const all = [['--include-crds', skipCrds !== true], ['--skip-schema-validation', skipSchemaValidation === true], ['--skip-tests', skipTests === true]] as const
  return all.filter(([, isSet]) => isSet).map(([option]) => option)
}

function setParameters({ options: { helm = {}, buildEnvironment } }: RenderContext): string[] {
  const parameters = lastOfEachName(helm.parameters ?? [])
  const written = (forced: boolean): string[] => parameters.filter(({ forceString = false }) => forceString === forced)
    .map(({ name, value }) => `${name}=${escapeCommas(expandVariables(value, buildEnvironment))}`)
  return [...each('--set', written(false)), ...each('--set-string', written(true))]
}

/** Argo CD collects parameters in a map. */
function lastOfEachName<T extends { readonly name: string; readonly forceString?: boolean }>(parameters: readonly T[]): readonly T[] {
  return [...new Map(parameters.map((parameter) => [`${parameter.forceString === true} ${parameter.name}`, parameter])).values()]
}

/** The release, or the Application without the namespace that stands before its name, or the folder. */
function releaseName(context: RenderContext): string {
  const { helm = {}, appName = '' } = context.options
  const name = helm.releaseName ?? appName.slice(appName.indexOf('_') + 1)
  if (name !== '') return name
  const fromFolder = basename(context.folder).toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 53).replace(/-+$/, '')
  return fromFolder === '' ? 'release' : fromFolder
}

/** A comma would start the next parameter; `{a,b}` is a list and keeps its own. */
function escapeCommas(value: string): string {
  return value.startsWith('{') && value.endsWith('}') ? value : value.replace(/(?<!\\),/g, '\\,')
}
