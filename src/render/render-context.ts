import type { Problem } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import { isInside, toPortable } from '../io/files.ts'
import { relative, resolve } from 'node:path'
import type { MadeFile, RenderOptions, RenderTools } from './source.ts'

/** What a renderer is given and where it reports. One a source. */
export interface RenderContext {
  /** Real path of the repository. */
  readonly root: string
  /** Real path of the source's folder. */
  readonly folder: string
  readonly options: RenderOptions
  readonly tools: RenderTools
  /** Of a Directory source found by walking: its files, below the root. */
  readonly files: readonly string[] | undefined
  /** A file that the folder lacks; a copy of the folder gets it. */
  readonly made: MadeFile | undefined
  readonly problems: Problem[]
  readonly filesRead: Set<string>
}

/** What a source can be made of, told without rendering it: absolute paths. */
export interface SourceInputs {
  /** Files that it is made of. */
  readonly files: readonly string[]
  /** Files and folders in which any change may change it. */
  readonly places: readonly string[]
}

/** A renderer: recognises a folder by its files, and makes resources of it. Foreseen failures are thrown as `RenderError` or `IoError`. */
export interface Renderer {
  readonly summary: string
  /** The last of a folder's file names that makes it a source of this type; undefined where there is none. */
  mark(names: readonly string[]): string | undefined
  render(context: RenderContext): Promise<readonly Resource[]>
  /** Undefined where only rendering tells. */
  inputs(context: RenderContext): SourceInputs | undefined
}

/** A path below the repository as reports show it. */
export function toShownPath(context: { readonly root: string }, path: string): string {
  const way = toPortable(relative(context.root, resolve(context.root, path)))
  return way === '' ? '.' : way
}

/** Notes that a file decided the outcome. */
export function noteFile(context: RenderContext, path: string): void {
  if (isInside(context.root, path)) context.filesRead.add(toShownPath(context, path))
}

