import { dirname, join, resolve } from 'node:path'
import { isApplication, readApplication, type Application, type ApplicationSource } from '../argocd/index.ts'
import { kindOf, readTextFile } from '../io/files.ts'
import { withUnpackedRepository } from '../io/unpack-repository.ts'
import { parseManifests } from '../manifest/index.ts'

/** An Application and its repository as a plugin would be given them. */
export interface UnpackedApplication {
  readonly application: Application
  readonly source: ApplicationSource
  /** The unpacked copy, and the source's folder in it. */
  readonly root: string
  readonly folder: string
}

/** Why an Application cannot be unpacked, in words. */
export type UnpackFailure = { readonly failure: string }

/** Reads an Application from a file, copies the repository that it lies in as Argo CD would, and calls `use` with both. */
export async function withUnpackedApplication<T>(file: string, use: (unpacked: UnpackedApplication) => Promise<T>): Promise<T | UnpackFailure> {
  if (kindOf(file) !== 'file') return { failure: `there is no file ${file}` }
  const resource = parseManifests(readTextFile(file), file).resources.find(({ id }) => isApplication(id))
  if (resource === undefined) return { failure: `${file} holds no Application` }
  const application = readApplication(resource)
  const source = application.sources.find(({ plugin }) => plugin !== undefined)
  if (source === undefined) return { failure: `Application ${application.name} has no source with a plugin (spec.source.plugin.name: presync)` }
  if (source.path === undefined) return { failure: `the plugin source of Application ${application.name} has no path` }
  const root = findRoot(dirname(resolve(file)), source.path)
  if (root === undefined) return { failure: `no folder above ${file} has ${source.path}, the source of Application ${application.name}` }
  return withUnpackedRepository(root, (copy) => use({ application, source, root: copy, folder: join(copy, source.path ?? '.') }))
}

/** The repository: the nearest folder above the file that holds the source's path, a git repository first. */
function findRoot(start: string, path: string): string | undefined {
  let nearest: string | undefined
  for (let folder = start; ; folder = dirname(folder)) {
    const fits = kindOf(join(folder, path)) === 'folder'
    if (fits && kindOf(join(folder, '.git')) !== undefined) return folder
    if (fits) nearest ??= folder
    if (dirname(folder) === folder) return nearest
  }
}
