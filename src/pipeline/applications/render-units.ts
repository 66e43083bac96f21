import { relative } from 'node:path'
import type { Application } from '../../argocd/index.ts'
import { isInside, toPortable } from '../../io/files.ts'
import { findSourceInputs, someTextMatches, type RenderOptions, type RenderSource, type RenderTools, type SourceInputs, type TextTest } from '../../render/index.ts'
import type { JsonValue } from '../../model/json.ts'
import { stringifyJson } from '../../values/json-text.ts'

/** What can be rendered by itself: a source as an Application names it, or as it was found. */
export interface RenderUnit {
  /** The same in two checkouts where nothing tells the units apart but, perhaps, the content of files. */
  readonly identity: string
  /** The same for units that render alike. */
  readonly rendering: string
  readonly source: RenderSource
  readonly options: RenderOptions
  readonly application?: Application
  /** What it is made of; undefined where only rendering tells. */
  readonly inputs: SourceInputs | undefined
}

export interface UnitParts {
  readonly source: RenderSource
  readonly options: RenderOptions
  readonly isHelmKustomize?: boolean
  readonly application?: { readonly read: Application; readonly manifest: JsonValue }
}

/** Describes what can be rendered; `root` is the checked repository, whose place does not count. */
export function toUnit(parts: UnitParts, root: string, inputs: SourceInputs | undefined): RenderUnit {
  const { source, options, application } = parts
  const name = (folder: string): string => (isInside(root, folder) ? `./${toPortable(relative(root, folder))}` : folder)
  const refs = Object.entries(options.refs ?? {}).map(([ref, folder]) => [ref, name(folder)])
  const rendering = [parts.isHelmKustomize === true, { ...source, root: name(source.root) }, { ...options, refs }] as unknown as JsonValue
  return {
    source, options, inputs, rendering: stringifyJson(rendering),
    identity: stringifyJson([rendering, application?.manifest ?? null]), ...(application === undefined ? {} : { application: application.read }),
  }
}

/** What a source is made of: a chart under a kustomization is more than either tells. */
export function findInputs({ source, options, isHelmKustomize = false }: UnitParts, tools: RenderTools): SourceInputs | undefined {
  return isHelmKustomize ? undefined : findSourceInputs(source, options, tools)
}

/** Whether what comes of a unit may contain each of some words: its files and options do, or it cannot be told. */
export function mayContain({ inputs, options }: Pick<RenderUnit, 'inputs' | 'options'>, words: readonly TextTest[], { run }: RenderTools): boolean {
  if (inputs === undefined) return true
  const own = stringifyJson(options as unknown as JsonValue)
  return words.every((word) => word.test(own) || someTextMatches(inputs.files, word, run))
}

/** Files of a unit below its source's root, as far as they are known without rendering. */
export function filesOf({ source }: Pick<RenderUnit, 'source'>, inputs: SourceInputs | undefined): readonly string[] {
  return (inputs?.files ?? []).filter((file) => isInside(source.root, file)).map((file) => toPortable(relative(source.root, file)))
}
