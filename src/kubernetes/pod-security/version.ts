import { EvaluationError } from '../../model/errors.ts'

/** Reads a version of the standards as the minor of Kubernetes 1.x; `latest` and an empty text are newer than all. */
export function parsePodSecurityVersion(text: string): number {
  if (text === '' || text === 'latest') return Number.POSITIVE_INFINITY
  const minor = /^v1\.(0|[1-9][0-9]*)$/.exec(text)?.[1]
  if (minor === undefined) throw new EvaluationError('INVALID_RULE', 'must be "latest" or "v1.x"')
  return Number(minor)
}
