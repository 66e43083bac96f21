import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Policy } from '../../../src/model/policy.ts'
import type { TestRow } from '../../../src/model/test-report.ts'
import { evaluateTest } from '../../../src/pipeline/test/evaluate-test.ts'
import { findTests, type FoundTest } from '../../../src/pipeline/test/find-tests.ts'
import { judgeResults } from '../../../src/pipeline/test/judge-results.ts'
import { loadTest, type LoadedTest } from '../../../src/pipeline/test/load-test.ts'
import type { CaseResult, Suite } from '../suite.ts'

/** Policies with rules and those in CEL are scored apart. */
type Family = 'rules' | 'cel'

/** Kyverno's tests below a folder, one case a result: `presync test` must find what the file says, and fail what lies under `test-fail`. */
function kyvernoTests(name: string, folder: string, family: Family): Suite {
  return {
    name,
    unavailable: (corpus) => (existsSync(join(corpus, folder)) ? undefined : `${folder} is not in the corpus`),
    async* run(corpus) {
      const root = join(corpus, folder)
      const { tests, unreadable } = findTests([root], 'kyverno-test.yaml')
      if (family === 'rules') yield* unreadable.map(({ path, message }) => ({ id: relative(root, path), ok: path.includes('/test-fail/'), detail: message }))
      const counts = new Map<string, number>()
      for (const found of tests) {
        const number = (counts.get(found.path) ?? 0) + 1
        counts.set(found.path, number)
        yield* await judgeTest(found, `${relative(root, found.path)}${number > 1 ? `[${number}]` : ''}`, family)
      }
    },
  }
}

export const kyvernoPolicies = kyvernoTests('kyverno-policies', 'kyverno-policies', 'rules')
export const kyvernoPoliciesCel = kyvernoTests('kyverno-policies-cel', 'kyverno-policies', 'cel')
export const kyvernoCli = kyvernoTests('kyverno-cli', 'kyverno-cli', 'rules')
export const kyvernoCliCel = kyvernoTests('kyverno-cli-cel', 'kyverno-cli', 'cel')

/** A moment between the times that the corpus has: its policies compare with today. */
const now = Date.UTC(2026, 6, 1)

async function judgeTest(found: FoundTest, id: string, family: Family): Promise<readonly CaseResult[]> {
  const mustFail = found.path.includes('/test-fail/')
  try {
    const loaded = loadTest(found, { now })
    const results = found.test.results.map((result, index) => ({ result, id: `${id}#${index + 1} ${result.policy} ${result.rule}`.trimEnd() }))
    const chosen = results.filter(({ result }) => familyOf(result.policy, loaded) === family)
    if (chosen.length === 0) return []
    const responses = await evaluateTest(loaded, found.test.results)
    const cases = chosen.map(({ result, id: one }) => toCase(one, judgeResults([result], { responses, readFile: loaded.readFile })))
    return mustFail ? [{ id, ok: cases.some(({ ok }) => !ok), detail: 'passes, and should fail' }] : cases
  } catch (error) {
    const isOurs = family === (/-cel|vpol|mpol|gpol|dpol|ivpol|validating-policy|mutating-policy|generating-policy|deleting-policy|admission-policy/.test(found.path) ? 'cel' : 'rules')
    return isOurs ? [{ id, ok: mustFail, detail: error instanceof Error ? error.stack ?? error.message : String(error) }] : []
  }
}

/** A policy that nobody loaded counts with those that have rules. */
function familyOf(policy: string, { policies: { set } }: LoadedTest): Family {
  const name = policy.slice(policy.lastIndexOf('/') + 1)
  return set.policies.some((one) => one.name === name && isCel(one)) ? 'cel' : 'rules'
}

function isCel(policy: Policy): boolean {
  switch (policy.kind) {
    case 'ClusterPolicy': case 'Policy': return policy.rules.some(({ body }) => body.type === 'validate' && body.check.kind === 'cel')
    case 'CleanupPolicy': case 'ClusterCleanupPolicy': return false
    default: return true
  }
}

function toCase(id: string, rows: readonly TestRow[]): CaseResult {
  const failed = rows.filter(({ counted }) => counted === 'fail')
  if (failed.length === 0) return { id, ok: true }
  return { id, ok: false, detail: failed.slice(0, 3).map(({ resource, reason, message }) => `${resource}: ${reason}; ${message}`).join(' | ') }
}
