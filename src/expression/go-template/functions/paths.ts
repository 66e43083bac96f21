// Go: path (Base, Dir, Clean, Ext, IsAbs)
import { fixed, type TemplateFunction } from './template-function.ts'

const base = fixed(['string'], goBase)
const dir = fixed(['string'], goDir)
const clean = fixed(['string'], goClean)
const ext = fixed(['string'], (path) => /\.[^./]*$/.exec(path)?.[0] ?? '')
const isAbs = fixed(['string'], (path) => path.startsWith('/'))

/** Paths with slashes; Argo CD runs on Linux, where the system's paths are the same. */
export const paths: Readonly<Record<string, TemplateFunction>> = { base, dir, clean, ext, isAbs, osBase: base, osDir: dir, osClean: clean, osExt: ext, osIsAbs: isAbs }

/** path.Base. */
export function goBase(path: string): string {
  if (path === '') return '.'
  const trimmed = path.replace(/\/+$/, '')
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

/** path.Dir. */
export function goDir(path: string): string {
  return goClean(path.slice(0, path.lastIndexOf('/') + 1))
}

function goClean(path: string): string {
  const isRooted = path.startsWith('/')
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (!isRooted) parts.push(part)
  }
  const joined = parts.join('/')
  return isRooted ? `/${joined}` : joined === '' ? '.' : joined
}
