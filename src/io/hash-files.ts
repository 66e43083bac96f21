import { createHash, type Hash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { kindOf, walkFiles } from './files.ts'

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
    addPart(hash, readFileSync(file))
  }
  return true
}

/** Adds one part so that its borders count: `ab`, `c` is not `a`, `bc`. */
export function addPart(hash: Hash, part: string | Uint8Array): void {
  hash.update(`${typeof part === 'string' ? Buffer.byteLength(part) : part.length}:`)
  hash.update(part)
}

const programs = new Map<string, string>()

/** Names a program by its content; read once a run. */
export function hashProgram(path: string): string {
  const known = programs.get(path) ?? createHash('sha256').update(readFileSync(path)).digest('hex')
  programs.set(path, known)
  return known
}
