// Argo CD: util/io/path/resolved.go (resolveFileOrDirectory).
import { isAbsolute, join, resolve } from 'node:path'
import { isInside, resolveInside } from '../io/files.ts'
import { IoError } from '../io/io-error.ts'
import type { SourceLocation } from '../model/source.ts'
import type { RenderContext } from './render-context.ts'
import { RenderError } from './render-error.ts'

/** Resolves a path of an option: relative to a folder, or with a leading slash to the repository. It may not leave the repository. */
export function resolveFrom(context: Pick<RenderContext, 'root'>, folder: string, path: string, location?: SourceLocation): string {
  const joined = isAbsolute(path) ? join(context.root, path) : resolve(folder, path)
  try {
    if (isInside(context.root, joined)) return resolveInside(context.root, joined)
  } catch (error) {
    if (!(error instanceof IoError) || error.code !== 'OUTSIDE_REPOSITORY') throw error
  }
  throw new RenderError('OUTSIDE_REPOSITORY', `${JSON.stringify(path)} leads out of the repository`, location)
}
