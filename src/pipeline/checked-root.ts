import { dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { isInside, kindOf, toPortable } from '../io/files.ts'

/** The repository that a path lies in: nothing outside of it is read. */
export interface CheckedRoot {
  /** Absolute. */
  readonly folder: string
  /** The path below the folder. */
  readonly path: string
  /** A name below the folder as the user would call it: relative to where they are, absolute where they said so. */
  show(name: string): string
  /** The absolute path of a shown name. */
  toPath(shown: string): string
}

/** Finds the git repository of a path; where there is none, the working folder if the path lies in it, or else the path's own folder. */
export function findCheckedRoot(given: string, cwd: string): CheckedRoot {
  const path = resolve(cwd, given)
  const start = kindOf(path) === 'file' ? dirname(path) : path
  const folder = findRepository(start) ?? (isInside(cwd, path) ? cwd : start)
  const show = (name: string): string => {
    const full = join(folder, name)
    return toPortable(isAbsolute(given) && !isInside(cwd, full) ? full : relative(cwd, full) || '.')
  }
  return { folder, path: relative(folder, path) || '.', show: folder === cwd ? (name) => name : show, toPath: (shown) => resolve(cwd, shown) }
}

function findRepository(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (kindOf(join(folder, '.git')) !== undefined) return folder
    if (dirname(folder) === folder) return undefined
  }
}
