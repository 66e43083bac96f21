// Kyverno: pkg/engine/apicall/{apiCall,executor}.go
import { EvaluationError } from '../../../model/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import type { LookupRequest } from '../../../model/lookups.ts'
import { toFloat64 } from '../../../values/numbers.ts'
import { attempt, prefixErrors } from '../../attempt.ts'
import { compileTemplate } from '../../variables/template.ts'
import { askLookups, isLeftOut } from '../ask-lookups.ts'
import type { LoadingScope } from '../deferred-entry.ts'
import type { EntryCompiler } from './entry-compiler.ts'

const namespacedPath = /^\/apis?\/.*?\/namespaces\/([^/]+)\/?.*$/

/** The answer of the API server or of a service, an expression over it, and a default for when the call fails. */
export const apiCall: EntryCompiler<'apiCall'> = (entry, { policyNamespace }) => {
  const spec = compileTemplate(toFloat64(entry.spec))
  const load = (scope: LoadingScope): JsonValue | undefined => {
    if (isLeftOut(scope, 'apiCall')) return undefined
    const call = prefixErrors(`failed to substitute variables in context entry ${entry.name}`, () => spec.evaluate({ scope }))
    if (!isJsonObject(call)) throw new EvaluationError('INVALID_RULE', `context entry ${entry.name} is no API call`)
    if (policyNamespace !== '') requireOwnNamespace(textOf(call['urlPath']), policyNamespace)
    const answer = attempt(() => askLookups(scope, toRequest(entry.name, call)))
    // The default is taken as written, without the expression.
    if (answer.error && entry.default !== undefined) return toFloat64(entry.default)
    if (answer.error) throw answer.error
    if (answer.value === undefined) return undefined
    const path = textOf(call['jmesPath'])
    if (path === '') return toFloat64(answer.value)
    const data = toFloat64(answer.value)
    return prefixErrors(`failed to apply JMESPath ${path} for context entry ${entry.name}`, () => toFloat64(scope.search(path, data)))
  }
  return { name: entry.name, load: (scope) => prefixErrors('failed to fetch data for APICall', () => load(scope)) }
}

/** A namespaced policy must not read beyond its namespace. */
function requireOwnNamespace(urlPath: string, policyNamespace: string): void {
  const namespace = namespacedPath.exec(urlPath)?.[1]
  if (namespace === undefined) {
    throw new EvaluationError('INVALID_RULE', `path ${urlPath} does not contain a namespace segment, which is required for namespaced policies`)
  }
  if (namespace !== policyNamespace || urlPath.includes('/../')) {
    throw new EvaluationError('INVALID_RULE', `path ${urlPath} refers to namespace ${namespace}, which is different from the policy namespace ${policyNamespace}`)
  }
}

function toRequest(entry: string, call: JsonObject): LookupRequest {
  const method = call['method'] === 'POST' ? 'POST' : 'GET'
  const data = readPairs(call['data'])
  const body = Object.keys(data).length === 0 ? {} : { data }
  const urlPath = textOf(call['urlPath'])
  if (urlPath !== '') return { kind: 'apiCall', method, urlPath, ...body }
  const service = call['service']
  if (!isJsonObject(service)) throw new EvaluationError('INVALID_RULE', `missing service for APICall ${entry}`)
  const headers = Object.fromEntries(Object.entries(readPairs(service['headers'])).map(([key, value]) => [key, textOf(value)]))
  const caBundle = textOf(service['caBundle'])
  return {
    kind: 'serviceCall', method, url: textOf(service['url']), ...body,
    ...(Object.keys(headers).length === 0 ? {} : { headers }), ...(caBundle === '' ? {} : { caBundle }),
  }
}

function readPairs(list: JsonValue | undefined): Record<string, JsonValue> {
  const items = Array.isArray(list) ? list as readonly JsonValue[] : []
  return Object.fromEntries(items.filter((item) => isJsonObject(item)).map((item) => [textOf(item['key']), item['value'] ?? null]))
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : ''
}
