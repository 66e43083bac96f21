import type { SourceLocation } from '../model/source.ts'
import { printable } from '../values/printable.ts'
import type { Style } from './style.ts'

/** Gives the text of a file that results point into, or its lines, of which some may be missing; undefined where it is not at hand. */
export type SourceText = (file: string) => string | readonly string[] | undefined

/** Lines around a place that a format may print. */
export const shownContext = 3

const maxWidth = 110

/** The line that a result points at and the one before it, with a marker below. */
export function formatExcerpt(lines: readonly string[], location: SourceLocation, style: Style): readonly string[] {
  const line = lines[location.line - 1]
  if (line === undefined) return []
  const gutter = String(location.line).length
  const before = lines[location.line - 2]
  const rows: string[] = []
  if (before !== undefined && before.trim() !== '' && !before.startsWith('---')) rows.push(row(location.line - 1, before, gutter, style))
  rows.push(row(location.line, line, gutter, style))
  const offset = printable(cut(line.slice(0, location.column - 1))).length
  const width = markerWidth(line, location.column)
  if (offset + width <= maxWidth) rows.push(`${' '.repeat(gutter)} ${style.dim('|')} ${' '.repeat(offset)}${style.red('^'.repeat(width))}`)
  return rows
}

function row(number: number, text: string, gutter: number, style: Style): string {
  return `${style.dim(`${String(number).padStart(gutter)} |`)} ${cut(printable(text.replaceAll('\t', ' ')))}`
}

function cut(text: string): string {
  return text.length > maxWidth ? `${text.slice(0, maxWidth - 1)}…` : text
}

/** From the column to the end of what is written on the line. */
function markerWidth(line: string, column: number): number {
  const rest = line.slice(column - 1).replace(/\s+(#.*)?$/, '')
  return Math.min(Math.max(rest.length, 1), maxWidth)
}

/** Remembers the lines of each file, because many results point into one. */
export function linesOf(sourceText: SourceText): (file: string) => readonly string[] {
  const files = new Map<string, readonly string[]>()
  return (file) => {
    let lines = files.get(file)
    if (lines === undefined) {
      const text = sourceText(file) ?? []
      lines = typeof text === 'string' ? text.split(/\r?\n/) : text
      files.set(file, lines)
    }
    return lines
  }
}
