import { join, relative } from 'node:path'
import type { RepositoryFiles } from '../../argocd/index.ts'
import { readFolder, readTextFile, resolveInside, toPortable, walkFiles } from '../../io/files.ts'

const maxDepth = 100

/** A folder as the git generator of ApplicationSets sees a repository; what it read is remembered. */
export function createRepositoryFiles(root: string, onRead: (path: string) => void): RepositoryFiles {
  let folders: readonly string[] | undefined
  let files: readonly string[] | undefined
  return {
    folders: () => folders ??= [...walkFolders(root, root, 0)],
    files: () => files ??= [...walkFiles(root, { skip: (name) => name === '.git' || name === 'node_modules' })].filter(({ isLink }) => !isLink).map(({ path }) => path),
    read: (path) => {
      onRead(path)
      return readTextFile(resolveInside(root, path))
    },
  }
}

/** Argo CD leaves hidden folders out; nobody keeps installed packages in git. */
function* walkFolders(root: string, folder: string, depth: number): Generator<string> {
  for (const entry of readFolder(folder)) {
    if (!entry.isDirectory() || entry.name.startsWith('.') || entry.name === 'node_modules' || depth > maxDepth) continue
    const path = join(folder, entry.name)
    yield toPortable(relative(root, path))
    yield* walkFolders(root, path, depth + 1)
  }
}
