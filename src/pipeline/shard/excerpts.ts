import type { Problem } from '../../model/errors.ts'
import type { FieldPath, SourceLocation } from '../../model/source.ts'
import { ignoreAnnotation, locateViolation, shownContext, type SourceText } from '../../report/index.ts'
import type { Findings } from '../findings.ts'
import type { ShardDocument } from './shard-schema.ts'

type Excerpts = ShardDocument['excerpts']

/** The lines that a report may show: those around every place that findings and problems point at. */
export function cutExcerpts(findings: Findings, problems: readonly Problem[], textOf: (file: string) => string | undefined): Excerpts {
  const files = new Map<string, { readonly lines: readonly string[]; readonly numbers: Set<number> }>()
  for (const { file, line } of [...placesOf(findings), ...problems.flatMap(({ location }) => location ?? [])]) {
    const known = files.get(file) ?? { lines: textOf(file)?.split(/\r?\n/) ?? [], numbers: new Set<number>() }
    files.set(file, known)
    for (let number = Math.max(1, line - shownContext); number <= Math.min(known.lines.length, line + shownContext); number++) known.numbers.add(number)
  }
  return [...files].flatMap(([file, { lines, numbers }]) => (numbers.size === 0 ? [] : [{ file, lines: [...numbers].sort((a, b) => a - b).map((number) => [number, lines[number - 1] as string] as const) }]))
}

/** The texts that excerpts were cut from, as far as they are there. */
export function joinExcerpts(all: readonly Excerpts[]): SourceText {
  const files = new Map<string, string[]>()
  for (const { file, lines } of all.flat()) {
    const known = files.get(file) ?? []
    files.set(file, known)
    for (const [number, text] of lines) known[number - 1] = text
  }
  return (file) => files.get(file)
}

function placesOf({ results, problems: { rendering, schemas, policies }, annotated, suppressions: { baseline, problems } }: Findings): readonly SourceLocation[] {
  const path: FieldPath = ['metadata', 'annotations', ignoreAnnotation]
  return [
    ...results.flatMap(({ items }) => items).flatMap((result) => (result.status === 'fail' || result.status === 'warn' ? result.violations.map((violation) => locateViolation(result, violation)) : [])),
    ...[...rendering, ...schemas.flatMap(({ items }) => items), ...policies, ...problems].map(({ location }) => location),
    ...annotated.map((resource) => resource.locate(path) ?? resource.source),
    ...(baseline?.entries ?? []).map(({ location }) => location),
  ].filter((location) => location !== undefined)
}
