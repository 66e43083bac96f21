import { EvaluationError, type EvaluationErrorCode, type EvaluationErrorDetails } from '../model/errors.ts'
import type { JsonObject, JsonValue } from '../model/json.ts'
import { withObject, type Resource } from '../model/resource.ts'
import type { PolicyRef, RuleResult } from '../model/result.ts'
import { stringifyJson } from '../values/json-text.ts'
import { readJson } from '../values/read-json.ts'

/** What is written of a result: everything but its resource, which is at hand wherever it is read, with places of its own. */
interface StoredResult extends Omit<RuleResult, 'policy' | 'resource' | 'status'> {
  readonly status: RuleResult['status']
  /** Which of the policies. */
  readonly policy: number
  /** What earlier policies made of the resource, where they changed it. */
  readonly object?: JsonObject
  readonly error?: StoredError
}

interface StoredError extends Pick<EvaluationErrorDetails, 'policyPath' | 'resourcePath' | 'missing'> {
  readonly code: EvaluationErrorCode
  readonly message: string
}

interface StoredResults {
  readonly policies: readonly PolicyRef[]
  /** By resource. */
  readonly results: readonly (readonly StoredResult[])[]
}

/** Writes the results of resources, in their order; undefined where there is more to them than can be written. */
export function formatResults(resources: readonly Resource[], results: readonly (readonly RuleResult[])[]): string | undefined {
  const policies = new Map<PolicyRef, number>()
  const stored: StoredResult[][] = []
  for (const [index, own] of results.entries()) {
    const written = own.map((result) => toStored(result, resources[index] as Resource, policies))
    if (written.includes(undefined)) return undefined
    stored.push(written as StoredResult[])
  }
  return stringifyJson({ policies: [...policies.keys()], results: stored } as unknown as JsonValue)
}

/** Other resources that a rule made or changed have places elsewhere. */
function toStored(result: RuleResult, own: Resource, policies: Map<PolicyRef, number>): StoredResult | undefined {
  const { policy, resource, ...rest } = result
  if ('targets' in rest || 'generated' in rest || 'suppression' in rest || resource.id !== own.id) return undefined
  if (!policies.has(policy)) policies.set(policy, policies.size)
  return {
    ...rest, policy: policies.get(policy) as number, ...(resource.object === own.object ? {} : { object: resource.object }),
    ...(rest.status === 'error' ? { error: toStoredError(rest.error) } : {}),
  } as StoredResult
}

function toStoredError({ code, message, policyPath, resourcePath, missing }: EvaluationError): StoredError {
  return { code, message, ...(policyPath === undefined ? {} : { policyPath }), ...(resourcePath === undefined ? {} : { resourcePath }), ...(missing === undefined ? {} : { missing }) }
}

/** Reads results back, as those of resources that are the same but for their places. */
export function readResults(resources: readonly Resource[], text: string): readonly (readonly RuleResult[])[] {
  const { policies, results } = readJson(text).value as unknown as StoredResults
  return results.map((own, index) => own.map((stored) => toResult(stored, resources[index] as Resource, policies)))
}

function toResult({ policy, object, error, ...rest }: StoredResult, own: Resource, policies: readonly PolicyRef[]): RuleResult {
  const resource = object === undefined ? own : withObject(own, object)
  const result = { policy: policies[policy] as PolicyRef, resource, ...rest }
  if (error === undefined) return result as RuleResult
  const { code, message, ...details } = error
  return { ...result, error: new EvaluationError(code, message, details) } as RuleResult
}
