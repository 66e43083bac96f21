// Kyverno: pkg/cel/autogen, pkg/cel/policies/{vpol,ivpol,mpol}/autogen
import type { CelPolicy, ImageValidatingPolicy, MutatingPolicy, ValidatingPolicy } from '../../model/cel-policy.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { parseCelPolicy } from '../parse-cel-policy.ts'
import { field, objectField, objectsField, textsField } from '../read-fields.ts'
import { rewritePodExpression } from './rewrite-pod-expression.ts'

/** What Kyverno's releases do differently here. */
export interface CelAutogenOptions {
  /** Up to 1.18 a namespaceSelector ruled autogen out, and every path was rewritten, also that of the namespace. */
  readonly isBefore119: boolean
}

/** A group of controllers whose Pods lie in the same place. */
interface Group {
  readonly place: 'spec.template' | 'spec.jobTemplate.spec.template'
  readonly targets: readonly { readonly plural: string; readonly group: string }[]
}

const groups: readonly Group[] = [
  { place: 'spec.jobTemplate.spec.template', targets: [{ plural: 'cronjobs', group: 'batch' }] },
  {
    place: 'spec.template',
    targets: [
      ...['daemonsets', 'deployments', 'replicasets', 'statefulsets'].map((plural) => ({ plural, group: 'apps' })),
      { plural: 'jobs', group: 'batch' },
    ],
  },
]

/** The policies for Pod controllers that Kyverno makes of one for Pods; they keep its name, and places that lead back to it. */
export function computeCelPolicies(policy: ValidatingPolicy | MutatingPolicy | ImageValidatingPolicy, options: CelAutogenOptions): readonly CelPolicy[] {
  const constraints = objectField(policy.spec, 'matchConstraints')
  if (constraints === undefined || !allowsAutogen(constraints, options)) return []
  const operations = objectsField(constraints, 'resourceRules').map((rule) => field(rule, 'operations') ?? null)[0]
  if (!isJsonArray(operations) || operations.length === 0) return []
  const wanted = chooseControllers(policy.spec)
  return groups.flatMap(({ place, targets }) => {
    const chosen = targets.filter(({ plural }) => wanted === undefined || wanted.includes(plural))
    if (chosen.length === 0) return []
    const matchConstraints = makeConstraints(chosen, operations, options.isBefore119 ? undefined : field(constraints, 'namespaceSelector'))
    return [parseCelPolicy(policy.kind, policy, { ...rewriteSpec(policy, place, options), matchConstraints })]
  })
}

function chooseControllers(spec: JsonObject): readonly string[] | undefined {
  const controllers = objectField(objectField(spec, 'autogen') ?? {}, 'podControllers')
  return controllers === undefined || field(controllers, 'controllers') === undefined ? undefined : textsField(controllers, 'controllers')
}

/** Only a policy about Pods as such can be carried over: names, exclusions and selectors are about the Pod itself. */
function allowsAutogen(constraints: JsonObject, { isBefore119 }: CelAutogenOptions): boolean {
  const [rule, ...others] = objectsField(constraints, 'resourceRules')
  const isOne = (name: string, value: string): boolean => {
    const values = textsField(rule ?? {}, name)
    return values.length === 1 && values[0] === value
  }
  return rule !== undefined && others.length === 0 && isOne('apiGroups', '') && isOne('apiVersions', 'v1') && isOne('resources', 'pods')
    && textsField(rule, 'resourceNames').length === 0 && objectsField(constraints, 'excludeResourceRules').length === 0
    && isEmptySelector(constraints, 'objectSelector') && (!isBefore119 || isEmptySelector(constraints, 'namespaceSelector'))
}

function isEmptySelector(constraints: JsonObject, name: string): boolean {
  const selector = objectField(constraints, name) ?? {}
  return Object.keys(objectField(selector, 'matchLabels') ?? {}).length === 0 && objectsField(selector, 'matchExpressions').length === 0
}

function makeConstraints(targets: Group['targets'], operations: readonly JsonValue[], namespaceSelector: JsonValue | undefined): JsonObject {
  const apiGroups = [...new Set(targets.map(({ group }) => group))].toSorted()
  return {
    resourceRules: apiGroups.map((group) => ({
      apiGroups: [group], apiVersions: ['v1'], operations,
      resources: targets.filter((target) => target.group === group).map(({ plural }) => plural).toSorted(),
    })),
    ...(namespaceSelector === undefined ? {} : { namespaceSelector }),
  }
}

function rewriteSpec(policy: ValidatingPolicy | MutatingPolicy | ImageValidatingPolicy, place: Group['place'], options: CelAutogenOptions): JsonObject {
  if ('mutations' in policy) return rewriteMutating(policy.spec, place, options)
  return rewriteTexts(policy.spec, (text) => rewritePaths(text, place, options)) as JsonObject
}

/** Everything is rewritten, as text: names and messages, too. */
function rewritePaths(text: string, place: Group['place'], { isBefore119 }: CelAutogenOptions): string {
  // A Pod's template has no namespace: the controller's own counts.
  const kept = isBefore119 ? '' : '(?!\\.namespace(?![A-Za-z0-9_]))'
  let result = text
  for (const part of ['spec', 'metadata']) {
    for (const root of ['object', 'oldObject']) {
      if (result.includes(`${root}.${part}`)) result = result.replace(new RegExp(`${root}\\.${part}${kept}`, 'g'), `${root}.${place}.${part}`)
    }
  }
  return result
}

function rewriteTexts(value: JsonValue, change: (text: string) => string): JsonValue {
  if (typeof value === 'string') return change(value)
  if (isJsonArray(value)) return value.map((item) => rewriteTexts(item, change))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), rewriteTexts(item, change)]))
}

/** Only match conditions and apply configurations are rewritten: variables and JSON patches stay about what the trigger has at their paths. */
function rewriteMutating(spec: JsonObject, place: Group['place'], options: CelAutogenOptions): JsonObject {
  const rewrite = (expression: JsonValue | undefined): JsonValue =>
    (typeof expression === 'string' ? rewritePodExpression(expression, place, options.isBefore119) : expression ?? null)
  const rewriteIn = (entry: JsonObject): JsonObject => ({ ...entry, expression: rewrite(entry['expression']) })
  return {
    ...spec,
    ...(field(spec, 'matchConditions') === undefined ? {} : { matchConditions: objectsField(spec, 'matchConditions').map(rewriteIn) }),
    mutations: objectsField(spec, 'mutations').map((entry) => {
      const body = objectField(entry, 'applyConfiguration')
      return body === undefined ? entry : { ...entry, applyConfiguration: rewriteIn(body) }
    }),
  }
}
