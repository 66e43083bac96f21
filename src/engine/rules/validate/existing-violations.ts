// Kyverno: pkg/engine/handlers/validation/validate_resource.go (validateOldObject), utils.go (matchResource)
import type { UserInfo } from '../../../model/resource.ts'
import type { Rule, RuleBody } from '../../../model/rule.ts'
import { makeBaseNames } from '../../context/base-names.ts'
import { compileMatch } from '../../match/compile-match.ts'
import { TriggerState } from '../../trigger-state.ts'
import { skip } from '../outcome.ts'
import type { RuleRun } from '../rule-run.ts'
import type { Check } from './check.ts'

/** A rule about users must not match the old object because of who changes it now. */
const nobody: UserInfo = {
  username: 'kyverno:kyverno-invalid-controller', uid: 'kyverno:invaliduid', groups: ['kyverno:invalidgroup'],
  roles: ['kyverno:invalidrole'], clusterRoles: ['kyverno:invalidrole'],
}

/** An enforced rule forgives an UPDATE what the object violated already before it, unless the rule says otherwise. */
export function forgiveExisting(check: Check, rule: Rule, body: Extract<RuleBody, { type: 'validate' }>): Check {
  // A rule with preconditions is never forgiven: Kyverno re-evaluates them in a form it cannot read, and takes that for "does not match".
  if (!body.allowExistingViolations || rule.preconditions !== undefined) return check
  const matcher = compileMatch(rule.match, rule.exclude)
  return (run) => {
    const outcome = check(run)
    const { policy, state, trigger } = run.fields
    if (outcome?.status !== 'fail' || trigger.operation !== 'UPDATE' || state.old === undefined) return outcome
    if ((body.failureAction ?? policy.failureAction) !== 'Enforce') return outcome
    const before = new TriggerState({ ...trigger, operation: 'CREATE', user: nobody }, state.old, undefined)
    if (before.subject === undefined || !matcher.matches(before.subject)) return outcome
    return check(evaluatedBefore(run, before))?.status === 'fail' ? skip('skipping the rule evaluation as pre-existing violations are allowed') : outcome
  }
}

/** The run as if the old object were created now. Only the request's objects and operation are those of before; its user stays. */
function evaluatedBefore(run: RuleRun, before: TriggerState): RuleRun {
  const { trigger, environment } = run.fields
  const names = () => makeBaseNames(new TriggerState({ ...trigger, operation: 'CREATE' }, before.current, undefined), environment.semantics)
  return run.with({ state: before, trigger: before.trigger }, () => run.scope.extend(names()))
}
