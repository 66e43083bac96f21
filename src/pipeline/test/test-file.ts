// Kyverno: cmd/cli/kubectl-kyverno/apis/v1alpha1/{test,test_result}.go, test/load.go
import { posix } from 'node:path'
import type { ManifestDocument } from '../../manifest/index.ts'
import type { JsonObject, JsonValue } from '../../model/json.ts'
import { decodeFields, type Fields } from '../kyverno/decode-fields.ts'
import { headingFields, valuesFields } from '../kyverno/document-fields.ts'

/** What a test file says of one document. */
export interface TestFile {
  readonly name: string
  readonly policies: readonly string[]
  readonly resources: readonly string[]
  readonly targetResources: readonly string[]
  readonly paramResources: readonly string[]
  readonly jsonPayloads: readonly string[]
  readonly httpPayloads: readonly string[]
  readonly envoyPayloads: readonly string[]
  readonly exceptions: readonly string[]
  readonly clusterResources: readonly string[]
  readonly variables: string
  readonly userinfo: string
  readonly context: string
  readonly values: JsonObject | undefined
  readonly apiCallResponses: readonly JsonObject[]
  readonly globalContextEntries: readonly JsonObject[]
  readonly results: readonly ExpectedResult[]
}

/** An entry of `results`. */
export interface ExpectedResult {
  readonly policy: string
  readonly rule: string
  readonly result: string
  readonly operation: string
  /** Undefined where the field is absent: then `resourceSpecs` counts for nothing. */
  readonly resources: readonly string[] | undefined
  readonly resourceSpecs: readonly ResourceSpec[]
  readonly patchedResources: string
  readonly generatedResource: string
  readonly generatedResources: readonly string[]
  readonly cloneSourceResource: string
  readonly failOnMissingResources: boolean
  readonly isDeletingPolicy: boolean
}

export interface ResourceSpec {
  readonly group: string
  readonly version: string
  readonly namespace: string
  readonly name: string
}

const resultFields: Fields = {
  policy: 'text', rule: 'text', isValidatingAdmissionPolicy: 'flag', isMutatingAdmissionPolicy: 'flag', isValidatingPolicy: 'flag', isDeletingPolicy: 'flag',
  isImageValidatingPolicy: 'flag', isGeneratingPolicy: 'flag', isMutatingPolicy: 'flag', result: 'text', kind: 'text', operation: 'text', patchedResources: 'text',
  generatedResource: 'text', cloneSourceResource: 'text', failOnMissingResources: 'flag', resources: 'texts',
  resourceSpecs: { list: { group: 'text', version: 'text', kind: 'text', namespace: 'text', subresource: 'text', name: 'text' } }, generatedResources: 'texts',
}

const testFields: Fields = {
  ...headingFields, name: 'text', policies: 'texts', resources: 'texts', jsonPayload: 'text', jsonPayloads: 'texts', httpPayloads: 'texts', envoyPayloads: 'texts',
  targetResources: 'texts', variables: 'text', paramResources: 'texts', userinfo: 'text', results: { list: resultFields }, values: { fields: valuesFields },
  exceptions: 'texts', context: 'text', clusterResources: 'texts',
  apiCallResponses: { list: { url: 'text', urlPath: 'text', method: 'text', response: { fields: { statusCode: 'integer', body: 'any' } } } },
  globalContextEntries: { list: {
    name: 'text', data: 'any', resources: 'any', resourceFiles: 'texts', fieldPath: 'text', projections: { list: { name: 'text', path: 'text' } },
  } },
}

/** Reads a document of a test file; strictly, so that a misspelt field is an error and not a check that never happens. */
export function parseTestFile({ value }: Pick<ManifestDocument, 'value'>): { readonly test: TestFile } | { readonly errors: readonly string[] } {
  const { object, errors } = decodeFields(value, testFields)
  if (errors.length > 0) return { errors }
  if (text(object, 'apiVersion') === '' || text(object, 'kind') === '' || text(object, 'name') !== '') {
    return { errors: ['a test starts with `apiVersion: cli.kyverno.io/v1alpha1`, `kind: Test` and has its name under `metadata`: the schema without them is gone'] }
  }
  return { test: toTestFile(object) }
}

function toTestFile(object: JsonObject): TestFile {
  const payloads = texts(object, 'jsonPayloads')
  return {
    name: text((object['metadata'] ?? {}) as JsonObject, 'name'),
    policies: unique(texts(object, 'policies')), resources: unique(texts(object, 'resources')), targetResources: texts(object, 'targetResources'),
    paramResources: texts(object, 'paramResources'), exceptions: texts(object, 'exceptions'), clusterResources: texts(object, 'clusterResources'),
    jsonPayloads: unique((payloads.length > 0 ? payloads : [text(object, 'jsonPayload')]).filter((path) => path.trim() !== '').map((path) => posix.normalize(path))),
    httpPayloads: texts(object, 'httpPayloads'), envoyPayloads: texts(object, 'envoyPayloads'),
    variables: text(object, 'variables'), userinfo: text(object, 'userinfo'), context: text(object, 'context'),
    values: object['values'] as JsonObject | undefined,
    apiCallResponses: objects(object, 'apiCallResponses'), globalContextEntries: objects(object, 'globalContextEntries'),
    results: objects(object, 'results').map(toExpectedResult),
  }
}

function toExpectedResult(object: JsonObject): ExpectedResult {
  return {
    policy: text(object, 'policy'), rule: text(object, 'rule'), result: text(object, 'result'), operation: text(object, 'operation'),
    resources: object['resources'] === undefined ? undefined : texts(object, 'resources'),
    resourceSpecs: objects(object, 'resourceSpecs').map((spec) => ({ group: text(spec, 'group'), version: text(spec, 'version'), namespace: text(spec, 'namespace'), name: text(spec, 'name') })),
    patchedResources: text(object, 'patchedResources'), generatedResource: text(object, 'generatedResource'), generatedResources: texts(object, 'generatedResources'),
    cloneSourceResource: text(object, 'cloneSourceResource'),
    failOnMissingResources: object['failOnMissingResources'] === true, isDeletingPolicy: object['isDeletingPolicy'] === true,
  }
}

// The decoder has checked the types.
const text = (object: JsonObject, name: string): string => (object[name] ?? '') as string
const texts = (object: JsonObject, name: string): readonly string[] => (object[name] ?? []) as readonly string[]
const objects = (object: JsonObject, name: string): readonly JsonObject[] => (object[name] ?? []) as readonly JsonValue[] as readonly JsonObject[]

function unique(list: readonly string[]): readonly string[] {
  return [...new Set(list)]
}
