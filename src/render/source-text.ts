import { IoError } from '../io/io-error.ts'
import { listSourceFiles } from './list-source-files.ts'
import { oncePerFile, readOnce, type RenderRun } from './render-run.ts'
import type { RenderSource } from './source.ts'

/** What a text is tested for; `source` names the test. A regular expression is one. */
export interface TextTest {
  readonly source: string
  test(text: string): boolean
}

/** Finds any of some words, faster than a regular expression does. */
export function anyWord(...words: readonly string[]): TextTest {
  return { source: words.join('|'), test: (text) => words.some((word) => text.includes(word)) }
}

/** Whether the text of one of a source's files matches all patterns; without rendering it. Files that are no text match nothing. */
export function someFileMatches(source: RenderSource, patterns: readonly TextTest[], run?: RenderRun): boolean {
  return listSourceFiles(source, run).some((file) => patterns.every((pattern) => textMatches(file, pattern, run) === true))
}

/** Whether one of the files matches a pattern, or may, because it is no text: an archive, say. */
export function someTextMatches(files: readonly string[], pattern: TextTest, run?: RenderRun): boolean {
  return files.some((file) => textMatches(file, pattern, run) !== false)
}

const remembered = oncePerFile<boolean | 'no text'>()

function textMatches(file: string, pattern: TextTest, run: RenderRun | undefined): boolean | 'no text' {
  return remembered(run, file, () => {
    try {
      return pattern.test(readOnce(file, run))
    } catch (error) {
      if (error instanceof IoError) return 'no text'
      throw error
    }
  }, pattern.source)
}
