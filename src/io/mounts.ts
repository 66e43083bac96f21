import { resolve, sep } from 'node:path'

/** What is asked of an entry of a folder; Node's `Dirent` is one. */
export interface FolderEntry {
  readonly name: string
  isDirectory(): boolean
  isFile(): boolean
  isSymbolicLink(): boolean
}

/** A folder that reads as if all of it were on disk. Its own path is a real one, and nothing in it is a link. All paths are absolute ones in it. */
export interface Mount {
  readonly folder: string
  kindOf(path: string): 'file' | 'folder' | undefined
  /** The entries of a folder; undefined where there is none. */
  entriesOf(path: string): readonly FolderEntry[] | undefined
  /** Where the content of a file is. */
  placeOf(path: string): string
  /** Puts files, and all that folders hold, on disk. */
  provide(paths: readonly string[]): Promise<void>
}

const mounts = new Set<Mount>()

/** Lets `files.ts` read a folder that is not on disk as a whole; the result ends that. */
export function mountFolder(mount: Mount): () => void {
  mounts.add(mount)
  return () => { mounts.delete(mount) }
}

/** The mount that a path lies in, and the path without `..`; undefined for what simply is on disk. */
export function findMount(path: string): { readonly mount: Mount; readonly path: string } | undefined {
  for (const mount of mounts) {
    const { folder } = mount
    if (!path.startsWith(folder) || (path.length > folder.length && path[folder.length] !== sep)) continue
    const plain = isPlain(path) ? path : resolve(path)
    if (plain === folder || plain.startsWith(folder + sep)) return { mount, path: plain }
  }
  return undefined
}

/** Whether a path cannot have `.`, `..` or empty parts. */
function isPlain(path: string): boolean {
  return !/[/\\](?:\.|[/\\]|$)/.test(path)
}

/** To be awaited before a program, or anything else but `files.ts`, reads files or folders: those in a mount need not be on disk yet. */
export async function provideFiles(paths: readonly string[]): Promise<void> {
  for (const mount of mounts) {
    const own = paths.filter((path) => findMount(path)?.mount === mount)
    if (own.length > 0) await mount.provide(own)
  }
}
