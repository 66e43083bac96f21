import { createHash, type Hash } from 'node:crypto'
import { readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { readCached, writeCached } from './content-cache.ts'
import { kindOf, readBytes, walkFiles } from './files.ts'

/** Adds the names and contents of all files below a folder. False where it holds what this cannot vouch for: a link to a folder, a device. */
export function hashFolder(hash: Hash, folder: string): boolean {
  for (const { path, isLink } of walkFiles(folder, { skip: (name) => name === '.git' })) {
    const file = join(folder, path)
    if (kindOf(file) !== 'file') {
      if (!isLink || kindOf(file) !== undefined) return false
      addPart(hash, `broken link ${path} ${readlinkSync(file)}`)
      continue
    }
    addPart(hash, path)
    addPart(hash, readBytes(file))
  }
  return true
}

/** Adds one part so that its borders count: `ab`, `c` is not `a`, `bc`. */
export function addPart(hash: Hash, part: string | Uint8Array): void {
  hash.update(`${typeof part === 'string' ? Buffer.byteLength(part) : part.length}:`)
  hash.update(part)
}

const programs = new Map<string, string>()

/** Names a program by its content, which is read once a run, and with a cache not again until the file was replaced or written to. */
export function hashProgram(path: string, cache?: string): string {
  const known = programs.get(path) ?? hashKept(path, cache)
  programs.set(path, known)
  return known
}

function hashKept(path: string, cache: string | undefined): string {
  const make = (): string => createHash('sha256').update(readFileSync(path)).digest('hex')
  if (cache === undefined) return make()
  // Nobody sets the time of a file's last change; it says more than its other times.
  const { dev, ino, size, mtimeNs, ctimeNs } = statSync(path, { bigint: true })
  const key = createHash('sha256').update(JSON.stringify(['program', path, ...[dev, ino, size, mtimeNs, ctimeNs].map(String)])).digest('hex')
  const kept = readCached({ folder: cache, kind: 'programs' }, key)
  if (kept !== undefined) return kept
  const digest = make()
  writeCached({ folder: cache, kind: 'programs' }, key, digest)
  return digest
}
