import type { MissingInput } from '../model/errors.ts'
import type { Trigger } from '../model/resource.ts'
import type { Match, ResourceFilter, Rule } from '../model/rule.ts'
import type { MatchSubject } from './match/match-subject.ts'
import type { RuleOutcome } from './rules/outcome.ts'

const userVariables = /request\.(?:userInfo|roles|clusterRoles)|serviceAccountName/

const userInformation: MissingInput = { what: 'who asks', hint: 'give the user with --userinfo FILE; without, filters on users match everyone and exclude nobody' }

/** What a rule was decided without although it asks for it: a failure or an error may be different once that is known. */
export function findMissingInputs(rule: Rule, trigger: Trigger, { namespace, namespaceLabels }: MatchSubject, outcomes: readonly RuleOutcome[]): readonly MissingInput[] {
  if (!outcomes.some(isOpen)) return nothing
  const missing: MissingInput[] = []
  if (trigger.user === undefined && (someFilter(rule, namesUsers) || outcomes.some(asksForUser))) missing.push(userInformation)
  if (namespace !== '' && isNamespaceUnknown(trigger, namespaceLabels) && someFilter(rule, ({ namespaceSelector }) => namespaceSelector !== undefined)) {
    missing.push({ what: `the labels of Namespace ${namespace}`, hint: 'check its manifest as well, or give its labels in a values file' })
  }
  return missing
}

const nothing: readonly MissingInput[] = []

function isOpen({ status }: RuleOutcome): boolean {
  return status === 'fail' || status === 'error'
}

function someFilter({ match, exclude }: Rule, holds: (filter: ResourceFilter) => boolean): boolean {
  return [match, exclude].filter((block): block is Match => block !== undefined).some(({ filters }) => filters.some(holds))
}

function namesUsers({ roles, clusterRoles, subjects }: ResourceFilter): boolean {
  return roles.length > 0 || clusterRoles.length > 0 || subjects.length > 0
}

function asksForUser(outcome: RuleOutcome): boolean {
  return outcome.status === 'error' && outcome.error.code === 'UNRESOLVED_VARIABLE' && userVariables.test(outcome.error.message)
}

/** The label with its name is on every Namespace, so it says nothing about what else is. */
function isNamespaceUnknown({ namespaceObject }: Trigger, labels: MatchSubject['namespaceLabels']): boolean {
  return namespaceObject === undefined && Object.keys(labels).every((label) => label === 'kubernetes.io/metadata.name')
}
