// Argo CD: util/kustomize/kustomize.go (Build): the same commands in the same order.
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { kindOf, readTextFile } from '../io/files.ts'
import { formatYaml, parseManifests } from '../manifest/index.ts'
import { isJsonArray, isJsonObject } from '../model/json.ts'
import { expandVariables } from './expand-variables.ts'
import { findKustomization } from './kustomization.ts'
import type { RenderContext } from './render-context.ts'
import { RenderError } from './render-error.ts'
import { resolveFrom } from './resolve-path.ts'
import type { KustomizeOptions } from './source-options.ts'

/** The copy that is edited. */
export interface EditTarget {
  readonly folder: string
  readonly run: (args: readonly string[], cwd: string) => Promise<void>
}

/** Whether an Application's options change the kustomization. */
export function hasEdits(options: KustomizeOptions): boolean {
  const { namePrefix, nameSuffix, namespace, images, replicas, commonLabels, commonAnnotations, patches, components } = options
  return [namePrefix, nameSuffix, namespace, images, replicas, commonLabels, commonAnnotations, patches, components].some((value) => value !== undefined)
}

/** Applies the options to the kustomization of a copy. */
export async function applyEdits(context: RenderContext, target: EditTarget): Promise<void> {
  const options = context.options.kustomize ?? {}
  for (const args of editCommands(options, context.options.buildEnvironment ?? {})) await target.run(['edit', ...args], target.folder)
  if ((options.patches ?? []).length > 0) appendPatches(target.folder, options)
  const components = (options.components ?? []).filter((path) => options.ignoreMissingComponents !== true || kindOf(resolveFrom(context, context.folder, path)) !== undefined)
  if (components.length > 0) await target.run(['edit', 'add', 'component', ...components], target.folder)
}

function* editCommands(options: KustomizeOptions, environment: Readonly<Record<string, string>>): Generator<string[]> {
  const expand = (text: string): string => expandVariables(text, environment)
  if (options.namePrefix !== undefined) yield ['set', 'nameprefix', '--', options.namePrefix]
  if (options.nameSuffix !== undefined) yield ['set', 'namesuffix', '--', options.nameSuffix]
  if (options.images !== undefined) yield ['set', 'image', ...options.images.map(expand)]
  if (options.replicas !== undefined) yield ['set', 'replicas', ...options.replicas.map(({ name, count }) => `${name}=${toCount(name, count)}`)]
  if (options.commonLabels !== undefined) {
    const flags = [...flag('--force', options.forceCommonLabels), ...flag('--without-selector', options.labelWithoutSelector), ...flag('--include-templates', options.labelIncludeTemplates)]
    yield ['add', 'label', ...flags, ...pairs(options.commonLabels, expand)]
  }
  if (options.commonAnnotations !== undefined) {
    yield ['add', 'annotation', ...flag('--force', options.forceCommonAnnotations), ...pairs(options.commonAnnotations, options.commonAnnotationsEnvsubst === true ? expand : (text) => text)]
  }
  if (options.namespace !== undefined) yield ['set', 'namespace', '--', options.namespace]
}

function flag(name: string, isSet: boolean | undefined): string[] {
  return isSet === true ? [name] : []
}

function pairs(map: Readonly<Record<string, string>>, expand: (text: string) => string): string[] {
  return Object.keys(map).sort().map((key) => `${key}:${expand(map[key] as string)}`)
}

function toCount(name: string, count: number | string): string {
  if (/^-?\d+$/.test(String(count))) return String(count)
  throw new RenderError('INVALID_SOURCE', `the number of replicas of ${name} is not a whole number: ${JSON.stringify(count)}`)
}

/** There is no command for patches: Argo CD writes them into the file. */
function appendPatches(folder: string, { patches = [] }: KustomizeOptions): void {
  const file = findKustomization(folder) ?? resolve(folder, 'kustomization.yaml')
  const { documents: [document] } = parseManifests(readTextFile(file), file)
  if (document === undefined || !isJsonObject(document.value)) throw new RenderError('INVALID_SOURCE', 'the kustomization is not a mapping')
  const { patches: present = [] } = document.value
  if (!isJsonArray(present)) throw new RenderError('INVALID_SOURCE', "the kustomization's patches are not a list")
  writeFileSync(file, formatYaml({ ...document.value, patches: [...present, ...patches] }))
}
