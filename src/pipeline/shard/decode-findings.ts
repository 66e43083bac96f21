import { EvaluationError } from '../../model/errors.ts'
import type { Resource } from '../../model/resource.ts'
import type { RuleResult } from '../../model/result.ts'
import type { Findings } from '../findings.ts'
import type { EncodedFindings, EncodedResource, EncodedResult } from './shard-schema.ts'

/** The findings that were written down; undefined where a result names a policy or resource that is not there. */
export function decodeFindings({ annotated, policyTable, resourceTable, results, ...others }: EncodedFindings): Findings | undefined {
  const resources = resourceTable.map(decodeResource)
  const isKnown = (index: number): boolean => index < resources.length
  const isSound = results.every(({ items }) => items.every((result) => result.policy < policyTable.length && indexesOf(result).every(isKnown)))
  if (!isSound) return undefined
  const at = (index: number): Resource => resources[index] as Resource
  return {
    ...others, annotated: annotated.map(decodeResource),
    results: results.map(({ at: place, items }) => ({ at: place, items: items.map((result) => decodeResult(result, policyTable, at)) })),
  }
}

function indexesOf(result: EncodedResult): readonly number[] {
  if (result.status !== 'pass') return [result.resource]
  return [result.resource, ...result.generated ?? [], ...(result.targets ?? []).flatMap(({ before, after }) => [before, after])]
}

function decodeResource({ places, ...resource }: EncodedResource): Resource {
  if (places.length === 0) return { ...resource, locate: () => undefined }
  const byPath = new Map(places.map(({ path, location }) => [JSON.stringify(path), location]))
  return { ...resource, locate: (path) => byPath.get(JSON.stringify(path)) }
}

function decodeResult(result: EncodedResult, policies: EncodedFindings['policyTable'], at: (index: number) => Resource): RuleResult {
  const shared = { policy: policies[result.policy] as RuleResult['policy'], resource: at(result.resource) }
  if (result.status === 'error') {
    const { code, message, ...details } = result.error
    return { ...result, ...shared, error: new EvaluationError(code, message, details) }
  }
  if (result.status !== 'pass') return { ...result, ...shared }
  const { targets, generated, ...rest } = result
  return {
    ...rest, ...shared,
    ...(targets === undefined ? {} : { targets: targets.map(({ before, after, changes }) => ({ before: at(before), after: at(after), changes })) }),
    ...(generated === undefined ? {} : { generated: generated.map(at) }),
  }
}
