// Argo CD: util/app/discovery/discovery.go (Discover): it walks a folder in lexical order, and the last file that marks a type wins.
import { readFolder } from '../io/files.ts'
import { renderers } from './renderers/index.ts'
import type { SourceType } from './source.ts'

/** Finds out what Argo CD takes a folder for. With both a chart and a kustomization that is Kustomize, for the order of the names. */
export function detectSourceType(folder: string): SourceType {
  return detectFromNames(readFolder(folder).filter((entry) => !entry.isDirectory()).map(({ name }) => name))
}

/** The same for a folder's sorted file names. */
export function detectFromNames(names: readonly string[]): SourceType {
  let type: SourceType = 'Directory'
  let last = ''
  for (const [candidate, renderer] of Object.entries(renderers)) {
    const mark = renderer.mark(names)
    if (mark !== undefined && mark > last) [type, last] = [candidate as SourceType, mark]
  }
  return type
}
