import { join } from 'node:path'
import { kindOf } from '../io/files.ts'
import { writeTextFile } from '../io/write-text-file.ts'
import { initialFiles, type InitialFileName } from './initial-files/index.ts'

export interface InitializeOptions {
  readonly folder: string
  readonly names: readonly InitialFileName[]
  /** The container image that CI runs. */
  readonly image: string
  /** Overwrite what is there. */
  readonly force: boolean
}

/** Writes the files; where one of them is there already and may not be overwritten, none, and says which. */
export function initialize({ folder, names, image, force }: InitializeOptions): { readonly written: readonly string[]; readonly inTheWay: readonly string[] } {
  const files = names.map((name) => initialFiles[name])
  const inTheWay = force ? [] : files.map(({ path }) => path).filter((path) => kindOf(join(folder, path)) !== undefined)
  if (inTheWay.length > 0) return { written: [], inTheWay }
  for (const { path, text } of files) writeTextFile(join(folder, path), text(image))
  return { written: files.map(({ path }) => path), inTheWay }
}
