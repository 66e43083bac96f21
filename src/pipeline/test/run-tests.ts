// Kyverno: cmd/cli/kubectl-kyverno/commands/test/command.go (testCommandExecute)
import { KnownError } from '../../model/errors.ts'
import type { TestCaseReport, TestReport } from '../../model/test-report.ts'
import { evaluateTest } from './evaluate-test.ts'
import { findTests, type FoundTest } from './find-tests.ts'
import { judgeResults } from './judge-results.ts'
import { loadTest, type LoadedTest, type RunWorld } from './load-test.ts'
import { parseSelector, type Selector } from './select-results.ts'

export interface TestOptions extends RunWorld {
  readonly folders: readonly string[]
  readonly fileName: string
  /** `policy=P,rule=R,resource=X`. */
  readonly selector: string
}

/**
 * Runs the tests of folders. Other than Kyverno, which runs nothing when one file cannot be read and stops at the first test that cannot be run, it says what
 * is wrong with each and runs the others; the outcome is a failure in both.
 */
export async function runTests({ folders, fileName, selector: text, ...world }: TestOptions): Promise<TestReport> {
  const selector = parseSelector(text)
  const { tests, unreadable } = findTests(folders, fileName)
  const cases: TestCaseReport[] = []
  for (const found of tests) {
    const report = await runTest(found, selector, world)
    if (report !== undefined) cases.push(report)
  }
  return { cases, found: tests.length, unreadable }
}

/** One document; undefined where the selector leaves nothing of it. */
async function runTest(found: FoundTest, selector: Selector, world: RunWorld): Promise<TestCaseReport | undefined> {
  const chosen = found.test.results.filter((result) => selector.matches(result))
  if (chosen.length === 0) return undefined
  const results = selector.resources.length === 0 ? chosen : chosen.map((result) => ({ ...result, resources: selector.resources }))
  const heading = { path: found.path, name: found.test.name }
  let progress: readonly string[] = []
  try {
    const loaded = loadTest(found, world)
    progress = describeLoading(loaded)
    const responses = await evaluateTest(loaded, found.test.results)
    return { ...heading, progress, rows: judgeResults(results, { responses, readFile: loaded.readFile }) }
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    return { ...heading, progress, rows: [], error: error.message }
  }
}

function describeLoading({ policies, exceptions, resources, duplicates }: LoadedTest): readonly string[] {
  const count = (number: number, one: string, many: string): string => `${number} ${number === 1 ? one : many}`
  const excepted = exceptions.exceptions.length + exceptions.celExceptions.length
  return [
    ...policies.passedOver.map((text) => `  ERROR: ${text}`),
    ...duplicates.map(({ id }) => `  warning: found duplicated resource ${id.kind} ${id.name} ${id.namespace ?? ''}`),
    `  Applying ${count(policies.set.policies.length, 'policy', 'policies')} to ${count(resources.length, 'resource', 'resources')} with ${count(excepted, 'exception', 'exceptions')} ...`,
  ]
}
