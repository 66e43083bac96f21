import type { Problem } from '../model/errors.ts'

/** A problem at its place in the user's terms. */
export function showProblem(problem: Problem, show: (name: string) => string): Problem {
  return problem.location === undefined ? problem : { ...problem, location: { ...problem.location, file: show(problem.location.file) } }
}
