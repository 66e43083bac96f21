import { isJsonObject, type JsonObject } from '../../model/json.ts'
import { podControllers } from '../autogen/controllers.ts'
import { computeRuleDocuments } from '../autogen/compute-rules.ts'
import { containsKind } from '../autogen/kind-names.ts'
import { objectField, textsField } from '../read-fields.ts'
import { placedFilters, writtenRules } from '../validation/rule-walk.ts'
import type { Trap } from './trap.ts'
import { visitTexts } from './visit.ts'

const annotation = 'pod-policies.kyverno.io/autogen-controllers'
const nameOfTemplate = /request\.(?:object|oldObject)\.metadata\.(name|namespace)\b(?!\s*\|\|)/

/** Rules for Pods are carried over to controllers, unless something stands in the way, and their paths change on the way. */
export const autogen: Trap = (policy, warn) => {
  const wanted = policy.annotations[annotation]
  for (const name of wanted === undefined || wanted === 'none' ? [] : wanted.split(',')) {
    if (!podControllers.includes(name)) warn(['metadata', 'annotations'], 'UNKNOWN_CONTROLLER', `"${name}" is no controller, so no rules are generated for it; the names are ${podControllers.join(', ')}, separated by commas without spaces`)
  }
  const rules = writtenRules(policy)
  const computed = computeRuleDocuments(rules.map(({ document }) => document), policy.annotations, '')
  for (const [index, { document, path }] of rules.entries()) {
    const isGenerated = computed.some((rule) => rule.source === index && rule.document !== document)
    if (isGenerated) warnOfMovedNames(document, (place, name) => warn([...path, ...place], 'AUTOGEN_MOVES_PATH',
      `for controllers request.object.metadata.${name} becomes that of the Pod template, which rarely has one: the rule then ends in an error. Write request.object.metadata.${name} || '', or switch autogen off`))
    else if (wanted !== 'none' && isAboutPods({ document, path })) warn([...path, 'match'], 'AUTOGEN_OFF',
      'this rule is about Pods alone: no rule for Deployments and other controllers is generated, because the policy selects by name, selector or annotation, lists Pod among other kinds, or writes v1/Pod')
  }
}

function warnOfMovedNames(rule: JsonObject, warn: (path: readonly (string | number)[], name: string) => void): void {
  for (const part of ['context', 'preconditions', 'validate', 'mutate']) {
    const value = rule[part]
    if (value !== undefined) visitTexts(value, [part], (text, path) => {
      const name = text.includes('{{') ? nameOfTemplate.exec(text)?.[1] : undefined
      if (name !== undefined) warn(path, name)
    })
  }
}

function isAboutPods(rule: Parameters<typeof placedFilters>[0]): boolean {
  return placedFilters(rule, 'match').some(({ document }) => containsKind(textsField(objectField(document, 'resources') ?? {}, 'kinds'), 'Pod')) && isJsonObject(rule.document['validate'])
}
