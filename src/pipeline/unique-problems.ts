import type { Problem } from '../model/errors.ts'

/** Each problem once: what several sources include is broken for each of them. */
export function uniqueProblems(problems: readonly Problem[]): readonly Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ code, message, location, rule = '' }) => {
    const key = [code, message, rule, location?.file ?? '', location?.line ?? 0, location?.column ?? 0].join('\n')
    return !seen.has(key) && seen.add(key)
  })
}
