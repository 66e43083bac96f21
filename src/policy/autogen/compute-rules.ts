// Kyverno: pkg/autogen/v1/autogen.go (computeRules)
import type { JsonObject } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import type { Rule } from '../../model/rule.ts'
import { parseRule } from '../parse-rule.ts'
import { objectField, objectsField, textField, textsField } from '../read-fields.ts'
import { allowsAutogen, podControllers } from './controllers.ts'
import { generateRule } from './generate-rule.ts'
import { containsKind } from './kind-names.ts'
import { replacePaths } from './replace-paths.ts'

const annotation = 'pod-policies.kyverno.io/autogen-controllers'

/** A rule document and the index of the written rule that it is or was made from. */
export interface ComputedRule {
  readonly document: JsonObject
  readonly source: number
}

/**
 * The rules of a policy with those generated for Pod controllers. For one kind only what concerns it is generated; an empty kind
 * means all of them.
 */
export function computeRules(policy: RulePolicy, kind: string): readonly Rule[] {
  const documents = objectsField(objectField(policy.document, 'spec') ?? {}, 'rules')
  const written = new Map(policy.rules.map((rule) => [rule.document, rule]))
  return computeRuleDocuments(documents, policy.annotations, kind)
    .map(({ document, source }) => written.get(document) ?? parseRule(document, ['spec', 'rules', source]))
    .filter((rule) => rule !== undefined)
}

/** The same on documents. */
export function computeRuleDocuments(rules: readonly JsonObject[], annotations: Readonly<Record<string, string>>, kind: string): readonly ComputedRule[] {
  const written = rules.map((document, source) => ({ document, source }))
  const controllers = chooseControllers(rules, annotations, kind)
  if (controllers === undefined) return written
  const generated = written.flatMap((rule) => generateRules(rule, controllers))
  return generated.length === 0 ? written : [...written.filter(({ document }) => !isGeneratedName(nameOf(document))), ...generated]
}

/** Kyverno joins the names and splits them again further down, so a name may hold anything but a comma. */
function chooseControllers(rules: readonly JsonObject[], annotations: Readonly<Record<string, string>>, kind: string): readonly string[] | undefined {
  if (!allowsAutogen(rules)) return undefined
  const wanted = annotations[annotation]
  const controllers = wanted === undefined ? podControllers : [...new Set(wanted.split(','))]
  if (kind !== '') return controllers.includes(kind) ? [kind] : undefined
  return controllers.length === 1 && controllers[0] === 'none' ? undefined : controllers
}

function generateRules({ document, source }: ComputedRule, controllers: readonly string[]): readonly ComputedRule[] {
  const cel = Object.keys(objectField(objectField(document, 'validate') ?? {}, 'cel') ?? {}).length > 0
  const others = generateForControllers(document, controllers.filter((name) => name !== 'CronJob'))
  const cronJob = controllers.some((name) => name.includes('CronJob') || name.includes('all')) ? generateForCronJob(document, controllers) : undefined
  return [
    ...(others ? [{ document: replacePaths(others, 'spec.template', cel) as JsonObject, source }] : []),
    ...(cronJob ? [{ document: replacePaths(cronJob, 'spec.jobTemplate.spec.template', cel) as JsonObject, source }] : []),
  ]
}

function generateForControllers(rule: JsonObject, controllers: readonly string[]): JsonObject | undefined {
  if (isGeneratedName(nameOf(rule)) || controllers.join(',') === '') return undefined
  const matched = kindsOfBlock(objectField(rule, 'match'))
  const excluded = kindsOfBlock(objectField(rule, 'exclude'))
  if (!containsKind(matched, 'Pod') || (excluded.length > 0 && !containsKind(excluded, 'Pod'))) return undefined
  return generateRule(rule, {
    name: prefixName('autogen', nameOf(rule)), templateKey: 'template', shift: 'spec/template', kinds: validControllers(controllers),
    replacesKinds: (kinds) => containsKind(kinds, 'Pod'),
  })
}

/** Made from the rule for the other controllers, whose template a CronJob has two levels deeper. */
function generateForCronJob(rule: JsonObject, controllers: readonly string[]): JsonObject | undefined {
  const inner = generateForControllers(rule, controllers)
  return inner && generateRule(inner, {
    name: prefixName('autogen-cronjob', nameOf(rule)), templateKey: 'jobTemplate', shift: 'spec/jobTemplate/spec/template', kinds: ['CronJob'],
    replacesKinds: () => true,
  })
}

const namedControllers = podControllers.filter((name) => name !== 'CronJob')

/** Names that are no controllers are left out, unless there is nothing else. */
function validControllers(controllers: readonly string[]): readonly string[] {
  if (controllers.length === 1 && controllers[0] === 'all') return namedControllers
  const sorted = controllers.toSorted(compareText)
  const valid = sorted.filter((name) => namedControllers.includes(name))
  return valid.length > 0 ? valid : sorted
}

function kindsOfBlock(block: JsonObject | undefined): readonly string[] {
  if (block === undefined) return []
  return [...objectsField(block, 'any'), ...objectsField(block, 'all'), block].flatMap((filter) => textsField(objectField(filter, 'resources') ?? {}, 'kinds'))
}

function isGeneratedName(name: string): boolean {
  return name.startsWith('autogen-')
}

/** A rule's name has at most 63 characters. */
function prefixName(prefix: string, name: string): string {
  return `${prefix}-${name}`.slice(0, 63)
}

function nameOf(rule: JsonObject): string {
  return textField(rule, 'name') ?? ''
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
