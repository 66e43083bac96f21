import { dirname } from 'node:path'

/** Absolute paths of files and folders, asked what they have to do with others. Paths count as texts. */
export class PathSet {
  readonly #paths: ReadonlySet<string>
  /** Everything that holds one of the paths. */
  readonly #above = new Set<string>()
  readonly #held = new Map<string, boolean>()

  constructor(paths: Iterable<string>) {
    this.#paths = new Set([...paths].map((path) => path.replace(/[/\\]+$/, '')))
    for (const path of this.#paths) for (const folder of foldersAbove(path)) this.#above.add(folder)
  }

  /** Whether one of the paths is the given one, holds it, or lies in it. */
  overlaps(path: string): boolean {
    return this.#above.has(path) || this.#holds(path)
  }

  /** What lies in one folder is asked for one after the other. */
  #holds(path: string): boolean {
    const known = this.#held.get(path)
    if (known !== undefined) return known
    const folder = dirname(path)
    const holds = this.#paths.has(path) || (folder !== path && this.#holds(folder))
    this.#held.set(path, holds)
    return holds
  }

  [Symbol.iterator](): IterableIterator<string> {
    return this.#paths[Symbol.iterator]() as IterableIterator<string>
  }
}

function* foldersAbove(path: string): Generator<string> {
  for (let folder = dirname(path); folder !== path; [path, folder] = [folder, dirname(folder)]) yield folder
}
