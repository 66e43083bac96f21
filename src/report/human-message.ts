import type { RuleResult } from '../model/result.ts'

/**
 * A result's message without what the lines below it say better: Kyverno wraps a policy's own words into where the pattern failed, and lists
 * every forbidden field of a pod-security check in one sentence.
 */
export function humanMessage(result: RuleResult): string {
  const { message } = result
  if (result.status !== 'fail' && result.status !== 'warn') return message
  if (result.violations.every(({ path }) => path.length === 0)) return message
  return /^validation error: ([\s\S]+?) rule \S+(?:\[\d+\])? (?:failed at path|execution error)[\s\S]*$/.exec(message)?.[1]
    ?? /^(Validation rule '[^']*' failed\. It violates PodSecurity "[^"]*"): \(/.exec(message)?.[1]
    ?? message
}
