import { isDnsSubdomain } from '../../values/name-formats.ts'
import type { ProblemCollector } from '../problem-collector.ts'

/** A name that no API server takes; that there is one at all is for others to say. */
export function checkName(name: string, problems: ProblemCollector): void {
  const [fault] = name === '' ? [] : isDnsSubdomain(name)
  if (fault !== undefined) problems.error(['metadata', 'name'], 'INVALID_VALUE', `metadata.name ${JSON.stringify(name)}: ${fault}`)
}
