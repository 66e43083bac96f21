import { join } from 'node:path'
import { kindOf, resolveInsideReal, walkFiles } from '../io/files.ts'
import { IoError } from '../io/io-error.ts'
import { detectSourceType } from './detect-source-type.ts'
import { readKustomization } from './kustomization.ts'
import { toShownPath } from './render-context.ts'
import { RenderError } from './render-error.ts'
import { realRootOf, type RenderRun } from './render-run.ts'
import type { RenderSource } from './source.ts'

/** The files that a source is made of as far as they can be told without rendering it: absolute paths. What is broken is left out here and said when it is rendered. */
export function listSourceFiles(source: RenderSource, run?: RenderRun): readonly string[] {
  try {
    const root = realRootOf(source.root, run)
    const folder = resolveInsideReal(root, source.path)
    if (source.files !== undefined) return source.files.map((file) => join(root, file))
    const type = source.type ?? detectSourceType(folder)
    if (type === 'Kustomize') return [...kustomizationFiles(root, folder, run)]
    return [...walkFiles(folder, { recurse: type === 'Helm', skip: (name) => name === '.git' })].filter(({ isLink }) => !isLink).map(({ path }) => join(folder, path))
  } catch (error) {
    if (error instanceof RenderError || error instanceof IoError) return []
    throw error
  }
}

function kustomizationFiles(root: string, start: string, run: RenderRun | undefined): ReadonlySet<string> {
  const files = new Set<string>()
  const folders = new Set([start])
  for (const folder of folders) {
    try {
      const { bases, files: read } = readKustomization(folder, { root, show: (path) => toShownPath({ root }, path), network: true, run })
      for (const base of bases) folders.add(base)
      for (const file of read) if (kindOf(file) === 'file') files.add(file)
    } catch (error) {
      if (!(error instanceof RenderError) && !(error instanceof IoError)) throw error
    }
  }
  return files
}
