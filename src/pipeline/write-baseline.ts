import { resolve } from 'node:path'
import { kindOf } from '../io/files.ts'
import { writeTextFile } from '../io/write-text-file.ts'
import type { Problem } from '../model/errors.ts'
import type { Report } from '../model/report.ts'
import { createBaseline, formatBaseline, pruneBaseline } from '../report/index.ts'
import { check, type CheckOptions } from './check.ts'
import { loadBaseline } from './load-baseline.ts'

/** What became of a baseline file. */
export interface WrittenBaseline {
  readonly report: Report
  /** How many entries it has, and had before; absent where it was not written because something is wrong. */
  readonly entries?: { readonly now: number; readonly before: number }
}

/** Checks without the baseline and writes one: `create` accepts everything that fails, `prune` only takes out what fails no more. */
export async function writeBaseline(verb: 'create' | 'prune', file: string, options: CheckOptions): Promise<WrittenBaseline> {
  const path = resolve(options.cwd, file)
  const { baseline, problems } = verb === 'create' && kindOf(path) === undefined ? { problems: [] } : loadBaseline(file, options)
  const report = await check({ ...options, baselineFile: undefined })
  const all: readonly Problem[] = [...problems, ...report.problems]
  if (all.some(({ severity }) => severity === 'error')) return { report: { ...report, problems: all } }
  const before = baseline?.entries ?? []
  const entries = verb === 'create' ? createBaseline(report.results, before) : pruneBaseline(before, report.results)
  writeTextFile(path, formatBaseline(entries))
  return { report, entries: { now: entries.length, before: before.length } }
}
