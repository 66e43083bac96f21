import type { SourceLocation } from '../model/source.ts'
import { printable } from '../values/printable.ts'
import type { Style } from './style.ts'

/** Gives the text of a file that results point into, or its lines, of which some may be missing; undefined where it is not at hand. */
export type SourceText = (file: string) => string | readonly string[] | undefined

/** Lines around a place that a format may print. */
export const shownContext = 3

const maxWidth = 110

/** The line of a file with a number from 1; undefined where there is none, or it is not at hand. */
export type Lines = (number: number) => string | undefined

/** The line that a result points at and the one before it, with a marker below. */
export function formatExcerpt(lines: Lines, location: SourceLocation, style: Style): readonly string[] {
  const line = lines(location.line)
  if (line === undefined) return []
  const gutter = String(location.line).length
  const before = lines(location.line - 1)
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
export function linesOf(sourceText: SourceText): (file: string) => Lines {
  const files = new Map<string, Lines>()
  return (file) => {
    let lines = files.get(file)
    if (lines === undefined) {
      const text = sourceText(file) ?? []
      lines = typeof text === 'string' ? findLines(text) : (number) => text[number - 1]
      files.set(file, lines)
    }
    return lines
  }
}

/** Finds lines as far as they are asked for: a file may have hundreds of thousands, of which a handful is shown. */
function findLines(text: string): Lines {
  const starts = [0]
  let isWhole = false
  return (number) => {
    while (starts.length <= number && !isWhole) {
      const end = text.indexOf('\n', starts.at(-1))
      if (end < 0) isWhole = true
      else starts.push(end + 1)
    }
    const [start, next] = [starts[number - 1], starts[number]]
    if (start === undefined) return undefined
    return next === undefined ? text.slice(start) : text.slice(start, next - 1).replace(/\r$/, '')
  }
}
