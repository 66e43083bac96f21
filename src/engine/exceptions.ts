// Kyverno: pkg/engine/exceptions.go, pkg/engine/utils/exceptions.go
import type { PolicyException, RulePolicy } from '../model/policy.ts'
import { compileWildcard } from '../values/wildcard.ts'
import { compileExceptionMatch } from './match/compile-match.ts'
import type { MatchSubject } from './match/match-subject.ts'
import { prepareConditions, type PreparedConditions } from './prepare-conditions.ts'

/** An exception, prepared. */
export interface CompiledException {
  readonly exception: PolicyException
  /** `namespace/name`, as messages name it. */
  readonly key: string
  matches(subject: MatchSubject): boolean
  readonly conditions: PreparedConditions | undefined
  /** Whether it names the rule of the policy, given by its key. */
  names(policyKey: string, rule: string): boolean
}

export type CompiledExceptions = readonly CompiledException[]

/** Prepares exceptions for evaluation. */
export function compileExceptions(exceptions: readonly PolicyException[]): CompiledExceptions {
  return exceptions.map((exception) => {
    const entries = exception.exceptions.map(({ policyName, ruleNames }) => ({ policyName, rules: ruleNames.map(compileWildcard) }))
    return {
      exception,
      key: exception.namespace === '' ? exception.name : `${exception.namespace}/${exception.name}`,
      matches: compileExceptionMatch(exception.match),
      conditions: exception.conditions === undefined ? undefined : prepareConditions(exception.conditions),
      names: (policyKey, rule) => entries.some(({ policyName, rules }) => policyName === policyKey && rules.some((matches) => matches(rule))),
    }
  })
}

/** How exceptions name a policy: exactly, a namespaced one with its namespace. */
export function policyKey(policy: Pick<RulePolicy, 'kind' | 'name' | 'namespace'>): string {
  return policy.kind === 'Policy' ? `${policy.namespace ?? 'default'}/${policy.name}` : policy.name
}
