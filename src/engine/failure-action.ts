// Kyverno: api/kyverno/v1/spec_types.go, pkg/engine/api/engineresponse.go (GetValidationFailureAction)
import type { FailureAction, FailureActionOverride } from '../model/failure-action.ts'
import type { RulePolicy } from '../model/policy.ts'
import type { Rule } from '../model/rule.ts'
import { compileWildcard } from '../values/wildcard.ts'
import type { MatchSubject } from './match/match-subject.ts'
import { compileSelector } from './match/selector.ts'

/** Prepares the question what a rule's failure means for a resource. */
export function compileFailureAction(policy: RulePolicy, rule: Rule): (subject: MatchSubject) => FailureAction {
  const explicit = explicitAction(rule)
  const ruleOverrides = rule.body.type === 'validate' ? rule.body.failureActionOverrides.map(compileOverride) : []
  const policyOverrides = policy.failureActionOverrides.map(compileOverride)
  if (ruleOverrides.length === 0 && (explicit !== undefined || policyOverrides.length === 0)) {
    const action = explicit ?? policy.failureAction
    return () => action
  }
  const find = (overrides: readonly CompiledOverride[], subject: MatchSubject) => overrides.find(({ applies }) => applies(subject))?.action
  return (subject) => find(ruleOverrides, subject) ?? explicit ?? find(policyOverrides, subject) ?? policy.failureAction
}

/** Of several images in a verifyImages rule one that enforces is enough. */
function explicitAction({ body }: Rule): FailureAction | undefined {
  if (body.type === 'validate') return body.failureAction
  if (body.type !== 'verifyImages') return undefined
  const actions = body.images.map((image) => image['failureAction']).filter((action) => action === 'Audit' || action === 'Enforce')
  return actions.includes('Enforce') ? 'Enforce' : actions[0]
}

interface CompiledOverride {
  readonly action: FailureAction
  applies(subject: MatchSubject): boolean
}

function compileOverride({ action, namespaces, namespaceSelector }: FailureActionOverride): CompiledOverride {
  const names = namespaces.map(compileWildcard)
  const selects = namespaceSelector ? compileSelector(namespaceSelector) : () => true
  return {
    action,
    applies: ({ namespace, namespaceLabels }) => (names.length === 0 || names.some((matches) => matches(namespace))) && selects(namespaceLabels),
  }
}
