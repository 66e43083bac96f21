import { IoError } from '../io/io-error.ts'
import { listSourceFiles } from './list-source-files.ts'
import { readOnce, oncePerRun, type RenderRun } from './render-run.ts'
import type { RenderSource } from './source.ts'

const remembered = oncePerRun<boolean>()

/** Whether the text of one of a source's files matches all patterns; without rendering it. */
export function someFileMatches(source: RenderSource, patterns: readonly RegExp[], run?: RenderRun): boolean {
  return listSourceFiles(source, run).some((file) => patterns.every((pattern) => remembered(run, `${pattern.source}\n${file}`, () => matches(file, pattern, run))))
}

function matches(file: string, pattern: RegExp, run: RenderRun | undefined): boolean {
  try {
    return pattern.test(readOnce(file, run))
  } catch (error) {
    if (error instanceof IoError) return false
    throw error
  }
}
