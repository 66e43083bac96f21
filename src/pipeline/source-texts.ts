import { readTextFile } from '../io/text-file.ts'

/** The texts of a run by the name under which results point into them: files read once, rendered text that is in no file, built-in policies. */
export class SourceTexts {
  readonly #texts = new Map<string, string>()

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

  /** For excerpts: undefined where nothing was read under that name. */
  readonly get = (name: string): string | undefined => this.#texts.get(name)
}
