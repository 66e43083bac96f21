/** Turns growing positions of a text into lines and columns (from 0), passing over the text once. */
export class LineCounter {
  line = 0
  lineStart = 0
  readonly #text: string
  #lineEnd: number

  constructor(text: string) {
    this.#text = text
    this.#lineEnd = text.indexOf('\n')
  }

  /** Moves on to a position, which is not before the last one. */
  advance(position: number): { readonly line: number; readonly column: number } {
    while (this.#lineEnd >= 0 && this.#lineEnd < position) {
      this.line++
      this.lineStart = this.#lineEnd + 1
      this.#lineEnd = this.#text.indexOf('\n', this.lineStart)
    }
    return { line: this.line, column: position - this.lineStart }
  }
}
