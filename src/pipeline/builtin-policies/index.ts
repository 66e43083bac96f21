import { bestPractices } from './best-practices/index.ts'
import { podSecurityBaseline, podSecurityRestricted } from './pod-security.ts'

/** What `-p builtin:NAME` offers, as the text of policy files. */
export const builtinPolicies = {
  'pod-security-baseline': podSecurityBaseline,
  'pod-security-restricted': podSecurityRestricted,
  'best-practices': bestPractices,
} as const satisfies Record<string, string>

export type BuiltinPolicyName = keyof typeof builtinPolicies
