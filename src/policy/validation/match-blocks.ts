// Kyverno: pkg/validation/policy/validate.go (validateResources, validateWildcard), api/kyverno/v1/{rule,user_info,resource_description}_types.go
import type { JsonObject } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import { containsWildcard } from '../../values/wildcard.ts'
import { setBodies } from '../parse-rule.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { field, objectField, objectsField, textField, textsField } from '../read-fields.ts'
import { placedFilters, writtenRules, type PlacedRule } from './rule-walk.ts'

/** What match and exclude blocks may say. */
export function checkMatchBlocks(policy: RulePolicy, problems: ProblemCollector): void {
  for (const rule of writtenRules(policy)) {
    checkForms(rule, problems)
    for (const filter of [...placedFilters(rule, 'match'), ...placedFilters(rule, 'exclude')]) {
      checkKinds(policy, rule, filter, problems)
      checkSelector(filter, problems)
      checkUsers(policy, filter, problems)
      if (policy.kind === 'Policy' && textsField(resourcesOf(filter.document), 'namespaces').length > 0) {
        problems.error([...filter.path, 'resources', 'namespaces'], 'INVALID_MATCH', 'a namespaced Policy is about its own namespace; remove namespaces or use a ClusterPolicy')
      }
    }
  }
}

function resourcesOf(filter: JsonObject): JsonObject {
  return objectField(filter, 'resources') ?? {}
}

function checkForms(rule: PlacedRule, problems: ProblemCollector): void {
  for (const name of ['match', 'exclude'] as const) {
    const block = objectField(rule.document, name)
    if (block === undefined) continue
    const forms = ['any', 'all'].filter((form) => objectsField(block, form).length > 0)
    const path = [...rule.path, name]
    if (forms.length > 0 && Object.keys(resourcesOf(block)).length > 0) {
      problems.error(path, 'INVALID_MATCH', `${name}.resources cannot stand beside ${name}.${forms.join(' and ')}: move it into the list`)
    }
    for (const user of ['roles', 'clusterRoles', 'subjects']) {
      if (forms.length > 0 && textsAndObjects(block, user) > 0) {
        problems.warning([...path, user], 'IGNORED_FIELD', `${name}.${user} is ignored beside ${name}.${forms.join(' and ')}: move it into the list`)
      }
    }
  }
  const wanted = placedFilters(rule, 'match')
  const relevant = wanted.length > 1 ? wanted.slice(1) : wanted
  for (const { document, path } of relevant) {
    if (textsField(resourcesOf(document), 'kinds').length === 0) {
      problems.error(path, 'INVALID_MATCH', 'resources.kinds must name at least one kind')
    }
  }
}

function textsAndObjects(block: JsonObject, name: string): number {
  const value = field(block, name)
  return Array.isArray(value) ? value.length : 0
}

function checkKinds(policy: RulePolicy, rule: PlacedRule, { document, path }: PlacedRule, problems: ProblemCollector): void {
  const kinds = textsField(resourcesOf(document), 'kinds')
  if (!kinds.includes('*')) return
  const place = [...path, 'resources', 'kinds']
  if (policy.background) problems.error(place, 'INVALID_MATCH', 'kind "*" needs spec.background: false')
  if (kinds.length > 1) problems.error(place, 'INVALID_MATCH', 'kind "*" must stand alone')
  const [body] = setBodies(rule.document)
  if (body === 'generate' || body === 'verifyImages' || objectsField(objectField(rule.document, 'validate') ?? {}, 'foreach').length > 0) {
    problems.error(place, 'INVALID_MATCH', 'kind "*" cannot be used with generate, verifyImages or foreach')
  }
}

/** `selector: {}` selects everything and is refused; Kubernetes' own rules apply where there are no wildcards. */
function checkSelector({ document, path }: PlacedRule, problems: ProblemCollector): void {
  const selector = objectField(resourcesOf(document), 'selector')
  if (selector === undefined) return
  const labels = Object.entries(objectField(selector, 'matchLabels') ?? {})
  if (labels.some(([key, value]) => containsWildcard(key) || containsWildcard(String(value)))) return
  if (labels.length === 0 && objectsField(selector, 'matchExpressions').length === 0) {
    problems.error([...path, 'resources', 'selector'], 'INVALID_MATCH', 'the selector has no requirements')
  }
}

function checkUsers(policy: RulePolicy, { document, path }: PlacedRule, problems: ProblemCollector): void {
  const used = ['roles', 'clusterRoles', 'subjects'].filter((name) => textsAndObjects(document, name) > 0)
  if (used.length > 0 && policy.background) {
    problems.error([...path, used[0] ?? ''], 'INVALID_MATCH', `${used.join(', ')} cannot be known in the background; set spec.background: false`)
  }
  objectsField(document, 'subjects').forEach((subject, index) => {
    const kind = textField(subject, 'kind') ?? ''
    const place = [...path, 'subjects', index]
    if (!['User', 'Group', 'ServiceAccount'].includes(kind)) problems.error(place, 'INVALID_MATCH', `a subject is a User, Group or ServiceAccount, not "${kind}"`)
    if (kind === 'ServiceAccount' && (textField(subject, 'namespace') ?? '') === '') problems.error(place, 'INVALID_MATCH', 'a ServiceAccount subject needs a namespace')
  })
  textsField(document, 'roles').forEach((role, index) => {
    if (role.split(':').length !== 2) problems.error([...path, 'roles', index], 'INVALID_MATCH', `role "${role}" must be written namespace:name`)
  })
}
