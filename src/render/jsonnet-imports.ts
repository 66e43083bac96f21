import { dirname, isAbsolute, join, resolve } from 'node:path'
import { isInside, kindOf, readTextFile, realPath } from '../io/files.ts'
import { noteFile, toShownPath, type RenderContext } from './render-context.ts'
import { RenderError } from './render-error.ts'

/** Jsonnet's imports are literals, so that they can be followed without evaluating anything. */
const importStatement = /\b(import|importstr|importbin)\s*(?:@?"((?:[^"\\\n]|\\.)*)"|@?'((?:[^'\\\n]|\\.)*)')/g
const maxFiles = 10_000

/**
 * Follows the imports of a file, and of the expressions that are handed to it, and refuses one that leads out of the repository: the program itself reads whatever a path names.
 * Notes every imported file.
 */
export function checkJsonnetImports(context: RenderContext, file: string, search: { readonly libraries: readonly string[]; readonly expressions: readonly string[] }): void {
  const { libraries, expressions } = search
  const seen = new Set<string>()
  const waiting = [file]
  for (const text of expressions) waiting.push(...followImports(context, text, [dirname(file), ...libraries], file))
  for (let current = waiting.pop(); current !== undefined && seen.size < maxFiles; current = waiting.pop()) {
    if (seen.has(current)) continue
    seen.add(current)
    noteFile(context, current)
    waiting.push(...followImports(context, readTextFile(current), [dirname(current), ...libraries], current))
  }
}

/** The Jsonnet files that a text imports. What it takes as text is noted only. */
function followImports(context: RenderContext, text: string, folders: readonly string[], importer: string): string[] {
  return [...text.matchAll(importStatement)].flatMap(([, keyword, double, single]) => {
    const found = findImport(context, unescapeText(double ?? single ?? ''), folders, importer)
    if (found !== undefined && keyword !== 'import') noteFile(context, found)
    return found !== undefined && keyword === 'import' ? [found] : []
  })
}

function findImport(context: RenderContext, path: string, folders: readonly string[], importer: string): string | undefined {
  const candidates = isAbsolute(path) ? [path] : folders.map((folder) => join(folder, path))
  const found = candidates.map((candidate) => resolve(candidate)).find((candidate) => kindOf(candidate) === 'file')
  if (found === undefined) return undefined
  const real = realPath(found)
  if (isInside(context.root, real)) return real
  throw new RenderError('OUTSIDE_REPOSITORY', `the import of ${JSON.stringify(path)} leads out of the repository`, { file: toShownPath(context, importer), line: 1, column: 1 })
}

function unescapeText(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code?: string, character?: string) => (code === undefined ? (character ?? '') : String.fromCharCode(Number.parseInt(code, 16))))
}
