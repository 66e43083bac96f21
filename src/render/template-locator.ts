import { readTextFile } from '../io/files.ts'
import type { Resource } from '../model/resource.ts'
import type { FieldPath, SourceLocation } from '../model/source.ts'

/**
 * Guesses where in a chart's template a rendered field was written. A guess that is not sure stops at the parent: a place is either
 * the line with the field's own key or that of something around it.
 */
export class TemplateLocator {
  readonly #lines: readonly string[]
  readonly #shown: string

  constructor(path: string, shown: string) {
    this.#lines = readTextFile(path).split(/\r?\n/)
    this.#shown = shown
  }

  /** Where the resource starts: the line that names its kind, if exactly one does, in a template of several documents. */
  start(resource: Resource): SourceLocation {
    const kind = new RegExp(`^kind:\\s*["']?${resource.id.kind.replace(/\W/g, '\\$&')}["']?\\s*(?:#.*)?$`)
    const found = this.#lines.flatMap((line, index) => (kind.test(line) ? [index] : []))
    const [only] = found
    if (found.length !== 1 || only === undefined) return this.#at(0, 0)
    let first = only
    while (first > 0 && !/^---|^\{\{/.test(this.#lines[first - 1] as string) && (this.#lines[first - 1] as string).trim() !== '') first--
    return this.#at(first, 0)
  }

  /** The line of a field's key, found from the outside in; the path stops where a key is not there exactly once. */
  locate(path: FieldPath, start: SourceLocation): SourceLocation {
    let from = start.line - 1
    let to = this.#lines.findIndex((line, index) => index > from && line.startsWith('---'))
    if (to < 0) to = this.#lines.length
    let place = start
    for (const step of path) {
      if (typeof step === 'number') continue
      const found = this.#findKey(step, from, to)
      if (found === undefined) return place
      place = this.#at(found.line, found.column)
      from = found.line + 1
      to = this.#endOfBlock(found.line, found.column, to)
    }
    return place
  }

  /** The only line with a key at the least indentation at which the key occurs: deeper ones belong to something inside. */
  #findKey(name: string, from: number, to: number): { line: number; column: number } | undefined {
    const key = new RegExp(`^(\\s*(?:- )?)["']?${name.replace(/\W/g, '\\$&')}["']?:(?:\\s|$)`)
    const found = this.#lines.slice(from, to).flatMap((line, index) => {
      const match = key.exec(line)
      return match === null ? [] : [{ line: from + index, column: (match[1] as string).length }]
    })
    const least = Math.min(...found.map(({ column }) => column))
    const [only, ...others] = found.filter(({ column }) => column === least)
    return others.length === 0 ? only : undefined
  }

  /** The first line that is not deeper than the key; lines of template actions belong to neither. */
  #endOfBlock(index: number, column: number, limit: number): number {
    for (let next = index + 1; next < limit; next++) {
      const line = this.#lines[next] as string
      const indent = line.length - line.trimStart().length
      if (line.trim() !== '' && !/^\s*(?:\{\{|#)/.test(line) && indent <= column && !line.slice(indent).startsWith('- ')) return next
    }
    return limit
  }

  #at(index: number, column: number): SourceLocation {
    return { file: this.#shown, line: index + 1, column: column + 1 }
  }
}
