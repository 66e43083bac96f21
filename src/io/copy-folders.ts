import { cpSync, mkdirSync } from 'node:fs'
import { basename, join, relative } from 'node:path'
import { isInside } from './files.ts'

/** Copies folders below a root to the same places below another one, so that relative paths between them still lead where they led. */
export function copyFolders(root: string, folders: readonly string[], target: string): void {
  const outermost = folders.filter((folder) => !folders.some((other) => other !== folder && isInside(other, folder)))
  for (const folder of new Set(outermost)) {
    const place = join(target, relative(root, folder))
    mkdirSync(place, { recursive: true })
    cpSync(folder, place, {
      recursive: true, verbatimSymlinks: true,
      filter: (path) => path === folder || !skipped.has(basename(path)),
    })
  }
}

const skipped: ReadonlySet<string> = new Set(['.git', 'node_modules'])
