// Kyverno: cmd/cli/kubectl-kyverno/variables (cli.kyverno.io/v1alpha1, kind Values)

import type { Problem } from '../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import type { Labels } from '../model/resource.ts'
import type { FieldPath, SourceLocation } from '../model/source.ts'

type Values = Readonly<Record<string, JsonValue>>

/** What values files say: variables by policy, resource and rule, and the Namespaces of the cluster. */
export interface SuppliedInputs {
  readonly globalValues: Values
  /** `--set`: win over every value for a policy. */
  readonly settings: Values
  /** By policy name, then resource name: Kyverno looks at neither kind nor namespace. */
  readonly resourceValues: ReadonlyMap<string, ReadonlyMap<string, Values>>
  /** By policy name, then rule name. */
  readonly ruleValues: ReadonlyMap<string, ReadonlyMap<string, Values>>
  /** By policy name, then rule name: for each variable the values of the foreach elements, in order. */
  readonly foreachValues: ReadonlyMap<string, ReadonlyMap<string, Values>>
  readonly namespaceLabels: ReadonlyMap<string, Labels>
  readonly namespaces: readonly JsonObject[]
  readonly subresources: readonly JsonObject[]
}

/** No values at all. */
export const noSuppliedInputs: SuppliedInputs = {
  globalValues: {}, settings: {}, resourceValues: new Map(), ruleValues: new Map(), foreachValues: new Map(), namespaceLabels: new Map(), namespaces: [], subresources: [],
}

interface ValuesDocument {
  readonly object: JsonObject
  readonly source?: SourceLocation | undefined
  locate(path: FieldPath): SourceLocation | undefined
}

/** Reads a `Values` document; anything else is a problem. */
export function parseValues(document: ValuesDocument): { readonly inputs: SuppliedInputs; readonly problems: readonly Problem[] } {
  const { object } = document
  const location = document.source === undefined ? {} : { location: document.source }
  const apiVersion = object['apiVersion']
  if ((object['kind'] !== 'Values' && object['kind'] !== 'Value') || typeof apiVersion !== 'string' || !apiVersion.startsWith('cli.kyverno.io/')) {
    const message = 'a values file starts with `apiVersion: cli.kyverno.io/v1alpha1` and `kind: Values`'
    return { inputs: noSuppliedInputs, problems: [{ code: 'INVALID_VALUES', severity: 'error', message, ...location }] }
  }
  return { inputs: readInputs(object), problems: unknownFields(document) }
}

const knownFields = new Set(['apiVersion', 'kind', 'metadata', 'globalValues', 'policies', 'namespaceSelector', 'namespaces', 'subresources'])

function unknownFields(document: ValuesDocument): readonly Problem[] {
  return Object.keys(document.object).filter((key) => !knownFields.has(key)).map((key) => {
    const location = document.locate([key]) ?? document.source
    return { code: 'UNKNOWN_FIELD', severity: 'error', message: `unknown field "${key}" in a values file`, ...(location === undefined ? {} : { location }) }
  })
}

/** The fields of a values document (also inline in kyverno-test.yaml) without checking its heading. */
export function readInputs(object: JsonObject): SuppliedInputs {
  const policies = objects(object['policies'])
  return {
    globalValues: values(object['globalValues']), settings: {},
    resourceValues: byPolicy(policies, 'resources', 'values'),
    ruleValues: byPolicy(policies, 'rules', 'values'),
    foreachValues: byPolicy(policies, 'rules', 'foreachValues'),
    namespaceLabels: new Map(objects(object['namespaceSelector']).map((entry) => [text(entry['name']), values(entry['labels']) as Labels])),
    namespaces: objects(object['namespaces']), subresources: objects(object['subresources']),
  }
}

/** Several entries for one policy, and several for one name in them, are put together, later ones on top. */
function byPolicy(policies: readonly JsonObject[], list: string, field: string): Nested {
  const found = new Map<string, Map<string, Values>>()
  for (const policy of policies) {
    const names = found.get(text(policy['name'])) ?? new Map<string, Values>()
    found.set(text(policy['name']), names)
    for (const entry of objects(policy[list])) names.set(text(entry['name']), { ...names.get(text(entry['name'])), ...values(entry[field]) })
  }
  return found
}

/** Later files win, name by name. */
export function mergeInputs(first: SuppliedInputs, second: SuppliedInputs): SuppliedInputs {
  return {
    globalValues: { ...first.globalValues, ...second.globalValues }, settings: { ...first.settings, ...second.settings },
    resourceValues: mergeNested(first.resourceValues, second.resourceValues),
    ruleValues: mergeNested(first.ruleValues, second.ruleValues),
    foreachValues: mergeNested(first.foreachValues, second.foreachValues),
    namespaceLabels: new Map([...first.namespaceLabels, ...second.namespaceLabels]),
    namespaces: [...first.namespaces, ...second.namespaces], subresources: [...first.subresources, ...second.subresources],
  }
}

type Nested = ReadonlyMap<string, ReadonlyMap<string, Values>>

function mergeNested(first: Nested, second: Nested): Nested {
  const merged = new Map(first)
  for (const [policy, entries] of second) {
    const known = new Map(merged.get(policy))
    for (const [name, entry] of entries) known.set(name, { ...known.get(name), ...entry })
    merged.set(policy, known)
  }
  return merged
}

function objects(value: JsonValue | undefined): readonly JsonObject[] {
  return isJsonArray(value) ? value.filter(isJsonObject) : []
}

function values(value: JsonValue | undefined): Values {
  return isJsonObject(value) ? value : {}
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
