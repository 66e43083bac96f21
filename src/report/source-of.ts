import type { Report } from '../model/report.ts'

type Source = Report['sources'][number]

/** Whether a file is the source's path or lies below it; both relative to the repository. */
export function isInsideSource(path: string, file: string): boolean {
  return path === '.' || file === path || file.startsWith(`${path}/`)
}

/** The nearest source around a file: the one with the longest path that contains it. */
export function findSource(sources: readonly Source[], file: string): Source | undefined {
  return sources.filter(({ path }) => isInsideSource(path, file)).toSorted((a, b) => b.path.length - a.path.length)[0]
}
