import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { KnownError } from '../model/errors.ts'

/** The disk does not give or take a file. */
export class FileError extends KnownError<'FILE_ERROR'> {
  readonly path: string

  constructor(path: string, doing: string, cause: unknown) {
    super('FILE_ERROR', `cannot ${doing} ${path}: ${reasonOf(cause)}`, { cause })
    this.path = path
  }
}

/** Reads a file as UTF-8. */
export function readTextFile(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new FileError(path, 'read', cause)
  }
}

/** Writes a file and the folders above it. */
export function writeTextFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (cause) {
    throw new FileError(path, 'write', cause)
  }
}

/** What a path leads to; links are followed. */
export function pathKind(path: string): 'file' | 'folder' | 'nothing' {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file'
  } catch {
    // Not there, below a file, or not to be seen by this user: reading it says which.
    return 'nothing'
  }
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'], ['EACCES', 'permission denied'], ['EISDIR', 'it is a folder'], ['ENOTDIR', 'a part of the path is not a folder'],
  ['EROFS', 'the file system is read-only'], ['ENOSPC', 'the disk is full'],
])

function reasonOf(cause: unknown): string {
  const code = (cause as NodeJS.ErrnoException).code ?? ''
  return reasons.get(code) ?? (cause instanceof Error ? cause.message : String(cause))
}
