// Kyverno: cmd/cli/kubectl-kyverno/{values,userinfo,context}/load.go, utils/common (LoadYAML), exception/load.go
import { isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { UserInfo } from '../../model/resource.ts'
import { parsePolicies } from '../../policy/index.ts'
import { readUser } from '../load-user.ts'
import { emptyPolicySet, mergePolicySets, type PolicySet } from '../policy-set.ts'
import { readInputs, type SuppliedInputs } from '../values-file.ts'
import { decodeFields, type Fields } from './decode-fields.ts'
import { headingFields, valuesFields } from './document-fields.ts'
import { InputError, readDocuments, withPlace } from './read-documents.ts'
import type { ReadText } from './read-resources.ts'

/** The first document of a file, decoded strictly; without apiVersion and kind it is of a schema that is gone. */
export function loadStrict(path: string, fields: Fields, readText: ReadText, options: { readonly heading: boolean } = { heading: false }): JsonObject {
  const { text, name } = readText(path)
  const [document] = readDocuments(text, name, { strict: true })
  const { object, errors } = decodeFields(document?.value ?? null, { ...headingFields, ...fields })
  if (errors.length > 0) throw new InputError(`${name}: ${errors.join('; ')}`)
  if (options.heading && ((object['apiVersion'] ?? '') === '' || (object['kind'] ?? '') === '')) throw new InputError(`${name} has no apiVersion or kind: the schema without them is gone`)
  return object
}

/** A Values file. */
export function loadValues(path: string, readText: ReadText): SuppliedInputs {
  return readInputs(loadStrict(path, valuesFields, readText, { heading: true }))
}

const userFields: Fields = {
  roles: 'texts', clusterRoles: 'texts', synchronize: 'flag',
  userInfo: { fields: { username: 'text', uid: 'text', groups: 'texts', extra: 'object' } },
}

/** A UserInfo file. */
export function loadUserInfo(path: string, readText: ReadText): UserInfo {
  return readUser(loadStrict(path, userFields, readText, { heading: true }))
}

/** What a Context file says to policies in CEL. */
export interface CliContext {
  readonly resources: readonly JsonObject[]
  readonly images: ReadonlyMap<string, JsonValue>
}

const contextFields: Fields = {
  spec: { fields: {
    resources: 'any',
    images: { list: { image: 'text', resolvedImage: 'text', registry: 'text', repository: 'text', tag: 'text', digest: 'text', imageIndex: 'any', manifest: 'any', config: 'any' } },
  } },
}

/** A Context file. */
export function loadContext(path: string, readText: ReadText): CliContext {
  const { resources, images } = (loadStrict(path, contextFields, readText)['spec'] ?? {}) as { readonly resources?: JsonValue; readonly images?: readonly JsonObject[] }
  return {
    resources: (Array.isArray(resources) ? resources as readonly JsonValue[] : []).filter(isJsonObject),
    // Go writes these four whether they are there or not.
    images: new Map((images ?? []).map((image) => [String(image['image'] ?? ''), { image: '', resolvedImage: '', registry: '', repository: '', ...image }])),
  }
}

/** What a ClusterResource file puts into the cluster: objects, and paths of CustomResourceDefinitions. */
export interface ClusterObjects {
  readonly crds: readonly string[]
  readonly resources: readonly JsonObject[]
}

/** A ClusterResource file. */
export function loadClusterObjects(path: string, readText: ReadText): ClusterObjects {
  const { crds, resources } = (loadStrict(path, { spec: { fields: { crds: 'texts', resources: 'any' } } }, readText)['spec'] ?? {}) as { readonly crds?: readonly string[]; readonly resources?: JsonValue }
  return { crds: crds ?? [], resources: (Array.isArray(resources) ? resources as readonly JsonValue[] : []).filter(isJsonObject) }
}

/** Files of exceptions; anything else in them throws. */
export function loadExceptions(paths: readonly string[], readText: ReadText): PolicySet {
  const sets = paths.map((path) => {
    const { text, name } = readText(path)
    const sources = readDocuments(text, name).map(({ value, source, locate }) => {
      if (!isJsonObject(value) || value['kind'] !== 'PolicyException') throw new InputError(`${name}:${source.line}: policy exception type not supported: ${isJsonObject(value) ? String(value['kind']) : 'no object'}`)
      return { object: value, source, locate }
    })
    const set = parsePolicies(sources)
    const error = set.problems.find(({ severity }) => severity === 'error')
    if (error !== undefined) throw new InputError(`unable to load exceptions: ${withPlace(error)}`)
    return set
  })
  return sets.length === 0 ? emptyPolicySet : mergePolicySets(sets)
}
