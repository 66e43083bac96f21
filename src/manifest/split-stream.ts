// How apimachinery's pkg/util/yaml/decoder.go (YAMLReader) cuts a stream: by lines that start with `---`, before anyone looks at YAML.

import { LineCounter } from '../values/line-counter.ts'

/** One document's text and the line (from 1) on which it starts. */
export interface StreamChunk {
  readonly text: string
  readonly line: number
  /** Where the document starts in the text, which starts with its line (JSON streams only). */
  readonly offset?: number
}

/** A separator line with something behind it. Kubernetes stops reading there. */
export interface BrokenSeparator {
  readonly line: number
  readonly rest: string
}

/**
 * Yields the documents of a stream in order, a broken separator before the document that it ends. The text behind a broken separator goes on as a new document,
 * for those who want to report it too. A separator line before which there is nothing belongs to the document after it.
 */
export function* splitYamlStream(text: string): Generator<StreamChunk | BrokenSeparator> {
  let start = 0
  let startLine = 1
  const lines = new LineCounter(text)
  const lineAt = (position: number): number => lines.advance(position).line + 1
  for (let separator = text.startsWith('---') ? 0 : nextSeparator(text, 0); separator >= 0; separator = nextSeparator(text, separator)) {
    const lineEnd = endOfLine(text, separator)
    const rest = text.slice(separator + 3, lineEnd).trim()
    const broken = rest !== '' && !rest.startsWith('#')
    // Kubernetes fails before it hands out what came before the separator.
    if (broken) yield { line: lineAt(separator), rest }
    if (separator > start) yield { text: text.slice(start, separator), line: startLine }
    if (broken || separator > start) {
      start = Math.min(lineEnd + 1, text.length)
      startLine = lineAt(start)
    }
  }
  if (start < text.length) yield { text: text.endsWith('\n') ? text.slice(start) : `${text.slice(start)}\n`, line: startLine }
}

function nextSeparator(text: string, from: number): number {
  const found = text.indexOf('\n---', from)
  return found < 0 ? -1 : found + 1
}

function endOfLine(text: string, from: number): number {
  const found = text.indexOf('\n', from)
  return found < 0 ? text.length : found
}
