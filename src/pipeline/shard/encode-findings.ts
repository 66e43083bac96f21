import type { Resource } from '../../model/resource.ts'
import type { PolicyRef, RuleResult } from '../../model/result.ts'
import type { FieldPath } from '../../model/source.ts'
import { ignoreAnnotation, ignoreTextOf, outlineOf } from '../../report/index.ts'
import type { Findings } from '../findings.ts'
import type { EncodedFindings, EncodedResource, EncodedResult } from './shard-schema.ts'

/** Findings as plain data, with everything that any report could be made from, and of the resources no more than that. */
export function encodeFindings({ results, annotated, suppressions, ...others }: Findings): EncodedFindings {
  const tables = new Tables()
  const encoded = results.filter(({ items }) => items.length > 0).map(({ at, items }) => ({ at, items: items.map((result) => encodeResult(result, tables)) }))
  const { baseline, today, partial = false, problems } = suppressions
  return {
    ...others, annotated: annotated.map(encodeAnnotated), suppressions: { ...(baseline === undefined ? {} : { baseline: baseline }), today, partial, problems },
    policyTable: tables.policies, resourceTable: tables.resources(), results: encoded,
  }
}

/** What results share is written once. Who is who counts: a resource that a policy changed is another one of the same name. */
class Tables {
  readonly policies: PolicyRef[] = []
  readonly #policies = new Map<PolicyRef, number>()
  readonly #resources = new Map<Resource, { readonly index: number; readonly paths: FieldPath[] }>()

  policy(policy: PolicyRef): number {
    const index = this.#policies.get(policy) ?? this.policies.push(policy) - 1
    this.#policies.set(policy, index)
    return index
  }

  /** A resource of which these paths are of interest. */
  resource(resource: Resource, paths: readonly FieldPath[] = []): number {
    const known = this.#resources.get(resource) ?? { index: this.#resources.size, paths: [] }
    this.#resources.set(resource, known)
    known.paths.push(...paths)
    return known.index
  }

  resources(): EncodedResource[] {
    return [...this.#resources].map(([resource, { paths }]) => encodeResource(resource, paths))
  }
}

function encodeResource(resource: Resource, paths: readonly FieldPath[], object = outlineOf(resource.object, paths)): EncodedResource {
  const { id, source, origin, application } = resource
  const distinct = new Map(paths.map((path) => [JSON.stringify(path), path]))
  return {
    id, ...(source === undefined ? {} : { source }), ...(origin === undefined ? {} : { origin }), ...(application === undefined ? {} : { application }), object,
    places: [...distinct.values()].flatMap((path) => {
      const location = resource.locate(path)
      return location === undefined ? [] : [{ path, location }]
    }),
  }
}

function encodeAnnotated(resource: Resource): EncodedResource {
  return encodeResource(resource, [['metadata', 'annotations', ignoreAnnotation]], { metadata: { annotations: { [ignoreAnnotation]: ignoreTextOf(resource) ?? '' } } })
}

function encodeResult(result: RuleResult, tables: Tables): EncodedResult {
  const shared = { policy: tables.policy(result.policy), resource: tables.resource(result.resource, pathsOf(result)) }
  switch (result.status) {
    case 'fail':
    case 'warn': return { ...result, ...shared }
    case 'error': {
      const { code, message, policyPath, resourcePath, missing } = result.error
      return { ...result, ...shared, error: { code, message, ...(policyPath === undefined ? {} : { policyPath }), ...(resourcePath === undefined ? {} : { resourcePath }), ...(missing === undefined ? {} : { missing }) } }
    }
    case 'skip': {
      const { suppression: _, ...rest } = result
      return { ...rest, ...shared }
    }
    case 'pass': {
      const { targets, generated, ...rest } = result
      return {
        ...rest, ...shared,
        ...(targets === undefined ? {} : { targets: targets.map(({ before, after, changes }) => ({ before: tables.resource(before), after: tables.resource(after), changes })) }),
        ...(generated === undefined ? {} : { generated: generated.map((resource) => tables.resource(resource)) }),
      }
    }
  }
}

/** The paths that reports ask the resource about. */
function pathsOf(result: RuleResult): readonly FieldPath[] {
  if (result.status === 'fail' || result.status === 'warn') return result.violations.map(({ path }) => path)
  return result.status === 'error' && result.error.resourcePath !== undefined ? [result.error.resourcePath] : []
}
