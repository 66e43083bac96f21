import { readTextFile, resolveInside } from '../io/files.ts'
import { KnownError } from '../model/errors.ts'

/** The texts of a run by the name under which results point into them: policies and values files, built-in policies, and the checked files. */
export class SourceTexts {
  readonly #texts = new Map<string, string | undefined>()
  /** Folders in which files may be read for excerpts: file names can come from what was rendered, which anybody may write. */
  readonly #roots: { readonly folder: string; toPath(name: string): string }[] = []

  /** Remembers a text. */
  set(name: string, text: string): void {
    this.#texts.set(name, text)
  }

  /** Reads a file and remembers it under the name by which messages call it. */
  read(path: string, name: string): string {
    const text = readTextFile(path)
    this.#texts.set(name, text)
    return text
  }

  /** Lets files of a folder be read when an excerpt needs them. */
  addRoot(folder: string, toPath: (name: string) => string): void {
    this.#roots.push({ folder, toPath })
  }

  /** For excerpts: undefined where there is no such text. */
  readonly get = (name: string): string | undefined => {
    if (!this.#texts.has(name)) this.#texts.set(name, this.#readFromRoots(name))
    return this.#texts.get(name)
  }

  #readFromRoots(name: string): string | undefined {
    for (const { folder, toPath } of this.#roots) {
      try {
        return readTextFile(resolveInside(folder, toPath(name)))
      } catch (error) {
        if (!(error instanceof KnownError)) throw error
      }
    }
    return undefined
  }
}
