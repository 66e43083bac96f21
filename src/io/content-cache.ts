import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** What is kept apart: what programs print, what they are, what policies say. */
export type CacheKind = 'renderings' | 'programs' | 'results'

/** One part of a cache. */
export interface CachePart {
  readonly folder: string
  readonly kind: CacheKind
}

/** What the cache holds under a key; undefined where it holds nothing, or something that is not whole. */
export function readCached(part: CachePart, key: string): string | undefined {
  try {
    const text = readFileSync(pathOf(part, key), 'utf8')
    const end = text.indexOf('\n')
    const content = text.slice(end + 1)
    return text.slice(0, end) === digest(content) ? content : undefined
  } catch {
    return undefined
  }
}

/**
 * Puts a text under its key. It appears whole or not at all, whoever else writes the same: a file of its own is renamed into place. Renderings hold Secrets,
 * so that only this user may read them. A cache that cannot be written is as good as none.
 */
export function writeCached(part: CachePart, key: string, content: string): void {
  const path = pathOf(part, key)
  const temporary = `${path}.${process.pid}.${randomUUID()}`
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(temporary, `${digest(content)}\n${content}`, { mode: 0o600, flag: 'wx' })
    renameSync(temporary, path)
  } catch {
    rmSync(temporary, { force: true })
  }
}

function pathOf({ folder, kind }: CachePart, key: string): string {
  return join(folder, kind, key.slice(0, 2), key)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
