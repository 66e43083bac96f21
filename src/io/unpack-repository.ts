import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { copyFolders } from './copy-folders.ts'
import { realPath } from './files.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

/** Calls `use` with a copy of a repository as argocd-cmp-server unpacks it: files 0644, folders 0755, whatever they were. */
export async function withUnpackedRepository<T>(root: string, use: (folder: string) => Promise<T>): Promise<T> {
  return withTemporaryFolder(async (temporary) => {
    const folder = join(temporary, 'repository')
    copyFolders(realPath(root), [realPath(root)], folder)
    dropModes(folder)
    return use(folder)
  })
}

function dropModes(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) dropModes(path)
    if (entry.isDirectory() || entry.isFile()) chmodSync(path, entry.isDirectory() ? 0o755 : 0o644)
  }
}
