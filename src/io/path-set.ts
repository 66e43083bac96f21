import { dirname } from 'node:path'

/** Absolute paths of files and folders, asked what they have to do with others. Paths count as texts. */
export class PathSet {
  readonly #paths: ReadonlySet<string>
  /** Everything that holds one of the paths. */
  readonly #above = new Set<string>()

  constructor(paths: Iterable<string>) {
    this.#paths = new Set([...paths].map((path) => path.replace(/[/\\]+$/, '')))
    for (const path of this.#paths) for (const folder of foldersAbove(path)) this.#above.add(folder)
  }

  get size(): number {
    return this.#paths.size
  }

  /** Whether one of the paths is the given one, holds it, or lies in it. */
  overlaps(path: string): boolean {
    if (this.#paths.has(path) || this.#above.has(path)) return true
    for (const folder of foldersAbove(path)) if (this.#paths.has(folder)) return true
    return false
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.#paths[Symbol.iterator]() as IterableIterator<string>
  }
}

function* foldersAbove(path: string): Generator<string> {
  for (let folder = dirname(path); folder !== path; [path, folder] = [folder, dirname(folder)]) yield folder
}
