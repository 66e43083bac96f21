// Kyverno: pkg/engine/validation.go
import type { ValidateCheck } from '../../../model/rule.ts'
import type { RuleCompiler } from '../rule-compiler.ts'
import { anyPattern } from './any-pattern.ts'
import { makeCheckFrame, type Check, type CheckCompiler, type CheckFrame } from './check.ts'
import { deny } from './deny.ts'
import { forgiveExisting } from './existing-violations.ts'
import { compileForeach } from './foreach.ts'
import { manifests } from './manifests/index.ts'
import { pattern } from './pattern.ts'
import { podSecurity } from './pod-security.ts'

/** Every kind of check. */
const checkCompilers = {
  pattern,
  anyPattern,
  deny,
  foreach: compileForeach((check, frame) => compileCheck(check, frame) ?? (() => undefined)),
  podSecurity,
  manifests,
  // Kyverno 1.19 reads it and does nothing.
  assert: () => () => undefined,
} as const satisfies { readonly [Kind in ValidateCheck['kind']]?: CheckCompiler<Kind> }

function compileCheck(check: ValidateCheck, frame: CheckFrame): Check | undefined {
  if (!Object.hasOwn(checkCompilers, check.kind)) return undefined
  return (checkCompilers[check.kind as keyof typeof checkCompilers] as (check: ValidateCheck, frame: CheckFrame) => Check)(check, frame)
}

/** Prepares a validate rule; gives nothing for a kind of check that is not evaluated. */
export const compileValidate: RuleCompiler = (rule, policy, cel) => {
  const { body } = rule
  if (body.type === 'validate' && body.check.kind === 'cel') return cel && { validate: cel.compileRule(rule) }
  const check = body.type === 'validate' ? compileCheck(body.check, makeCheckFrame(rule, body, policy.namespace ?? '')) : undefined
  if (body.type !== 'validate' || check === undefined) return undefined
  // Signatures of the old object are never asked about.
  const evaluate = body.check.kind === 'manifests' ? check : forgiveExisting(check, rule, body)
  return { validate: { evaluate, treatsExceptions: body.check.kind === 'podSecurity' } }
}
