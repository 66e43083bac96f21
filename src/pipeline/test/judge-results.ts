// Kyverno: cmd/cli/kubectl-kyverno/commands/test/{output,command}.go
import type { PolicyResponse } from '../../engine/index.ts'
import type { Resource } from '../../model/resource.ts'
import type { RuleResult } from '../../model/result.ts'
import type { TestRow } from '../../model/test-report.ts'
import { findDifference } from './compare-resource.ts'
import { findTarget, type ResponsesByKey, type TestResponses } from './evaluate-test.ts'
import { keyOf } from './load-test.ts'
import { selectKeys } from './select-keys.ts'
import type { ExpectedResult } from './test-file.ts'

export interface JudgeOptions {
  readonly responses: TestResponses
  /** The resources of a file that a result names; throws where it cannot be read. */
  readFile(path: string): readonly Resource[]
}

const nothing: ResponsesByKey = new Map()

/** What each expected result comes to: a row for every resource and rule that it is about. */
export function judgeResults(results: readonly ExpectedResult[], options: JudgeOptions): readonly TestRow[] {
  return results.flatMap((expected) => {
    const { responses } = options
    const trigger = expected.operation === '' ? responses.trigger : responses.byOperation.get(expected.operation) ?? nothing
    return selectKeys(expected, responses.target, trigger).flatMap((key) => judgeKey(expected, key, trigger, options))
  })
}

function judgeKey(expected: ExpectedResult, key: string, trigger: ResponsesByKey, options: JudgeOptions): readonly TestRow[] {
  const resource = key.replaceAll(',', '/')
  const { rows, isPassedOver } = judgeResponses(expected, resource, trigger.get(key) ?? [], options)
  const targets = judgeTargets(expected, key, options)
  const all = [...rows, ...targets]
  return all.length > 0 || isPassedOver ? all : [judgeSilence(expected, resource, options)]
}

function judgeResponses(
  expected: ExpectedResult, resource: string, responses: readonly PolicyResponse[], options: JudgeOptions,
): { readonly rows: readonly TestRow[]; readonly isPassedOver: boolean } {
  const rows: TestRow[] = []
  const policy = policyNameOf(expected)
  let isPassedOver = false
  for (const response of responses.filter(({ policy: { name } }) => name === policy)) {
    for (const result of selectRules(expected, response)) {
      const judged = judgeRule(expected, resource, { response, result }, options)
      if (judged === undefined) isPassedOver = true
      else rows.push(...judged)
    }
    // A policy that has nothing to say of a resource excludes it, and that passes whatever was expected.
    if (rows.length === 0 && !isPassedOver) rows.push(makeRow(expected, expected.rule, resource, { outcome: 'pass', counted: 'skip', reason: 'Excluded', message: 'Excluded' }))
  }
  return { rows, isPassedOver }
}

/** Whatever the policy that a result names: Kyverno compares every answer that changed the target. */
function judgeTargets(expected: ExpectedResult, key: string, options: JudgeOptions): readonly TestRow[] {
  return (options.responses.target.get(key) ?? []).flatMap((response) => {
    const changed = findTarget(response, key)
    return changed === undefined ? [] : [toRow(expected, changed.result.rule, key.replaceAll(',', '/'), judgeOne(expected, changed.result, changed.after, options))]
  })
}

/** The namespace of a policy is for people: only the part behind the last slash counts. */
function policyNameOf({ policy }: ExpectedResult): string {
  return policy.slice(policy.lastIndexOf('/') + 1)
}

function judgeSilence(expected: ExpectedResult, resource: string, { responses }: JudgeOptions): TestRow {
  const invalid = responses.skipped.get(policyNameOf(expected))
  return makeRow(expected, expected.rule, resource, invalid === undefined
    ? { outcome: 'fail', counted: 'fail', reason: 'Not found', message: 'Not found' }
    : { outcome: 'skip', counted: 'skip', reason: 'Invalid Policy', message: invalid })
}

/** Policies without rules answer with all that they have. */
function selectRules({ rule }: ExpectedResult, { policy, results }: PolicyResponse): readonly RuleResult[] {
  const hasRules = policy.kind === 'ClusterPolicy' || policy.kind === 'Policy' || policy.kind === 'CleanupPolicy' || policy.kind === 'ClusterCleanupPolicy'
  if (rule === '' || !hasRules) return results
  return results.filter((result) => result.rule === rule || result.rule === `autogen-${rule}` || result.rule === `autogen-cronjob-${rule}`)
}

interface Answer {
  readonly response: PolicyResponse
  readonly result: RuleResult
}

/** Rows of one rule; undefined where the expected object is not in its file and need not be. */
function judgeRule(expected: ExpectedResult, resource: string, { response, result }: Answer, options: JudgeOptions): readonly TestRow[] | undefined {
  if (result.ruleType === 'generate') return judgeGenerated(expected, resource, result, options)
  const judged = judgeOne(expected, result, result.ruleType === 'mutate' ? response.resource : result.resource, options)
  if (!expected.failOnMissingResources && judged.message.includes('not found in manifest')) return undefined
  return [toRow(expected, result.rule, resource, judged)]
}

function judgeGenerated(expected: ExpectedResult, resource: string, result: RuleResult, options: JudgeOptions): readonly TestRow[] {
  const generated = result.status === 'pass' ? result.generated ?? [] : []
  if (generated.length === 0) return [toRow(expected, result.rule, resource, judgeStatus(expected, result))]
  return generated.map((one) => toRow(expected, result.rule, one.id.name, judgeOne(expected, result, one, options)))
}

type Judged = Pick<TestRow, 'reason' | 'message' | 'difference'> & { readonly holds: boolean }

/** Objects are compared before the status is looked at. */
function judgeOne(expected: ExpectedResult, result: RuleResult, actual: Resource | undefined, options: JudgeOptions): Judged {
  if (expected.patchedResources !== '') {
    const judged = compare([expected.patchedResources], actual, 'patched', options)
    if (judged !== undefined) return judged
  }
  const files = expected.generatedResources.length > 0 ? expected.generatedResources : [expected.generatedResource].filter((file) => file !== '')
  const judged = files.length === 0 ? undefined : compare(files, actual, 'generated', options)
  return judged ?? judgeStatus(expected, result)
}

/** Holds an object against those of files: one that is equal is enough. Undefined where there is one. */
function compare(files: readonly string[], actual: Resource | undefined, kind: 'patched' | 'generated', { readFile }: JudgeOptions): Judged | undefined {
  let failure: Judged | undefined
  for (const file of files) {
    const wanted = find(file, actual, readFile)
    if (typeof wanted === 'string') failure ??= { holds: false, reason: 'Resource error', message: wanted }
    else {
      const difference = findDifference(wanted.object, actual?.object ?? {})
      if (difference === undefined) return undefined
      const message = `${kind === 'patched' ? 'Patched' : 'Generated'} resource didn't match the ${kind} resource in the test result`
      failure = { holds: false, reason: 'Resource diff', message, difference: { ...difference, kind } }
    }
  }
  return failure
}

function find(file: string, actual: Resource | undefined, readFile: JudgeOptions['readFile']): Resource | string {
  try {
    const key = keyOf(actual?.object ?? {})
    return readFile(file).find(({ object }) => keyOf(object) === key) ?? `resource with name ${actual?.id.name ?? ''} not found in manifest ${file}`
  } catch (error) {
    if (error instanceof Error && 'code' in error) return `failed to load ${file}: ${error.message}`
    throw error
  }
}

function judgeStatus({ result: expected }: ExpectedResult, result: RuleResult): Judged {
  const actual = reportedStatus(result)
  const message = result.status === 'error' ? result.error.message : result.message
  return actual === expected ? { holds: true, reason: 'Ok', message } : { holds: false, reason: `Want ${expected}, got ${actual}`, message }
}

/** A failure of a policy that is not scored is a warning. */
function reportedStatus({ status, policy }: RuleResult): string {
  return status === 'fail' && policy.annotations['policies.kyverno.io/scored'] === 'false' ? 'warn' : status
}

function toRow(expected: ExpectedResult, rule: string, resource: string, { holds, ...judged }: Judged): TestRow {
  const counted = !holds ? 'fail' : expected.result === 'skip' ? 'skip' : 'pass'
  return makeRow(expected, rule, resource, { outcome: holds ? 'pass' : 'fail', counted, ...judged })
}

/** A policy is called by the first two parts of what the test file writes; a resource that is only a name has a slash before it. */
function makeRow({ policy }: ExpectedResult, rule: string, resource: string, rest: Omit<TestRow, 'policy' | 'rule' | 'resource'>): TestRow {
  const called = policy.split('/').slice(0, 2).filter((part, index) => index > 0 || part !== '').join('/')
  return { policy: called, rule, resource: resource.includes('/') ? resource : `/${resource}`, ...rest }
}
