import { closeSync, fstatSync, openSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { IoError } from './io-error.ts'
import { findMount, type FolderEntry } from './mounts.ts'

const defaultMaxSize = 100_000_000

/** Reads a text file: UTF-8, or UTF-16 with a byte order mark. Refuses what is too large, not a regular file, or not text. */
export function readTextFile(path: string, maxSize: number = defaultMaxSize): string {
  return decodeText(readBytes(path, maxSize), path)
}

/** Reads a file of any kind; as large as `maxSize`. */
export function readBytes(path: string, maxSize: number = Number.POSITIVE_INFINITY): Buffer {
  const found = findMount(path)
  let file: number | undefined
  try {
    file = openSync(found?.mount.placeOf(found.path) ?? path, 'r')
    const info = fstatSync(file)
    if (!info.isFile()) throw new IoError('FILE_UNREADABLE', `${path} is not a regular file`)
    if (info.size > maxSize) throw new IoError('FILE_TOO_LARGE', `${path} has ${info.size} bytes, more than the ${maxSize} that are read`)
    return readFileSync(file)
  } catch (error) {
    throw toIoError(error, path)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/** Decodes bytes as Argo CD does: by their byte order mark, else as UTF-8. */
export function decodeText(bytes: Uint8Array, path: string): string {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new IoError('FILE_NOT_TEXT', `${path} is not text in UTF-8`, { cause })
  }
}

function toIoError(error: unknown, path: string): IoError {
  if (error instanceof IoError) return error
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT' || code === 'ENOTDIR') return new IoError('FILE_NOT_FOUND', `${path} does not exist`, { cause: error })
  if (code === 'ELOOP') return new IoError('FILE_UNREADABLE', `${path} is a symbolic link that leads in a circle`, { cause: error })
  return new IoError('FILE_UNREADABLE', `${path} cannot be read (${code ?? String(error)})`, { cause: error })
}

/** What is at a path, links followed; undefined where there is nothing. */
export function kindOf(path: string): 'file' | 'folder' | 'other' | undefined {
  const found = findMount(path)
  if (found !== undefined) return found.mount.kindOf(found.path)
  try {
    const info = statSync(path, { throwIfNoEntry: false })
    if (info === undefined) return undefined
    return info.isFile() ? 'file' : info.isDirectory() ? 'folder' : 'other'
  } catch {
    return undefined
  }
}

/** Whether a path, taken as text, is a folder or lies in it. */
export function isInside(folder: string, path: string): boolean {
  // Asked many thousand times, and nearly always plain to see.
  if (path.startsWith(folder) && path[folder.length] === sep && !path.includes('..')) return true
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/**
 * The real place of a path below a root, all links followed. Throws where that is outside of the root: neither `..` nor a symbolic link may
 * lead there. A path that does not exist is judged by its nearest existing parent.
 */
export function resolveInside(root: string, path: string): string {
  return resolveInsideReal(realPath(root), path)
}

/** The same for a root that is a real path: who asks for thousands of files asks once for their root. */
export function resolveInsideReal(realRoot: string, path: string): string {
  const real = realPathOfParent(resolve(realRoot, path))
  if (!isInside(realRoot, real)) throw new IoError('OUTSIDE_REPOSITORY', `${toPortable(path)} leads out of the repository`)
  return real
}

function realPathOfParent(path: string): string {
  const mounted = findMount(path)
  if (mounted !== undefined) return mounted.path
  const rest: string[] = []
  for (let current = path; ; current = resolve(current, '..')) {
    try {
      return join(realpathSync.native(current), ...rest)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if ((code !== 'ENOENT' && code !== 'ENOTDIR') || resolve(current, '..') === current) throw toIoError(error, path)
      rest.unshift(current.slice(current.lastIndexOf(sep) + 1))
    }
  }
}

/** The real path of something that exists. */
export function realPath(path: string): string {
  const mounted = findMount(path)
  if (mounted !== undefined && mounted.mount.kindOf(mounted.path) !== undefined) return mounted.path
  try {
    return realpathSync.native(path)
  } catch (error) {
    throw toIoError(error, path)
  }
}

/** A path with `/` between its parts, whatever the platform writes. */
export function toPortable(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/')
}

/** Something found by `walkFiles`. */
export interface FoundFile {
  /** Below the walked folder, with `/`. */
  readonly path: string
  readonly name: string
  readonly isLink: boolean
}

export interface WalkOptions {
  readonly recurse?: boolean
  /** Folders to leave out, by name and path. */
  readonly skip?: (name: string, path: string) => boolean
}

/** The files and links of a folder in Go's lexical walk order. Links are reported and never followed. */
export function* walkFiles(folder: string, options: WalkOptions = {}, prefix = ''): Generator<FoundFile> {
  for (const entry of readFolder(join(folder, prefix))) {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    if (!entry.isDirectory()) yield { path, name: entry.name, isLink: entry.isSymbolicLink() }
    else if ((options.recurse ?? true) && options.skip?.(entry.name, path) !== true) yield* walkFiles(folder, options, path)
  }
}

/** The entries of a folder, sorted by their bytes as Go sorts them. */
export function readFolder(folder: string): readonly FolderEntry[] {
  return [...entriesOf(folder)].sort((left, right) => (left.name < right.name ? -1 : 1))
}

function entriesOf(folder: string): readonly FolderEntry[] {
  const found = findMount(folder)
  const entries = found?.mount.entriesOf(found.path)
  if (entries !== undefined) return entries
  if (found !== undefined) throw new IoError('FILE_NOT_FOUND', `${folder} does not exist`)
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    throw toIoError(error, folder)
  }
}
