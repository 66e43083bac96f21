import { relative } from 'node:path'
import { KnownError } from '../../model/errors.ts'
import type { TestReport } from '../../model/test-report.ts'
import { withPaths, type OpenedPath } from '../../pipeline/kyverno/with-paths.ts'
import { runTests } from '../../pipeline/test/run-tests.ts'
import { countTests, testFormats } from '../../report/index.ts'
import type { Invocation } from '../command.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { isColored } from '../outputs.ts'

type TestFlag = 'test-file-name' | 'git-branch' | 'test-case-selector' | 'test-output' | 'fail-only' | 'detailed-results' | 'require-tests' | 'registry' | 'remove-color' | 'no-color'

/** `presync test`: the exit code is Kyverno's, 1 for whatever keeps a test from passing. */
export async function runTest({ args, options, streams, env }: Invocation<TestFlag>): Promise<ExitCode> {
  try {
    const report = await withPaths(args, options['git-branch'], async (opened) => nameAsTyped(await runTests({
      folders: opened.map(({ path }) => path), fileName: options['test-file-name'], selector: options['test-case-selector'], now: Date.now(),
      ...(options.registry ? { registry: (await import('../../pipeline/kyverno/load-image-data.ts')).loadImageData } : {}),
    }), opened))
    const format = options['test-output'] ?? 'text'
    const noColor = options['remove-color'] || options['no-color'] || format !== 'text'
    const color = isColored(streams.stdout, { env, noColor })
    streams.stdout.write(testFormats[format].format(report, { detailed: options['detailed-results'], failOnly: options['fail-only'], color }))
    return judge(report, options['require-tests'], (line) => streams.stderr.write(`${line}\n`))
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    streams.stderr.write(`Error: ${error.message}\n`)
    return exitCodes.violations.code
  }
}

function judge(report: TestReport, requireTests: boolean, complain: (line: string) => void): ExitCode {
  const { failed } = countTests(report)
  if (failed > 0) complain(`Error: ${failed} tests failed`)
  const isEmpty = report.found === 0 && report.unreadable.length === 0
  if (isEmpty && requireTests) complain('Error: no tests found')
  return failed > 0 || (isEmpty && requireTests) ? exitCodes.violations.code : exitCodes.ok.code
}

/** Paths in a repository that was fetched are called by its address, not by the folder that is gone when somebody reads them. */
function nameAsTyped(report: TestReport, opened: readonly OpenedPath[]): TestReport {
  const rename = (path: string): string => {
    const root = opened.find(({ path: folder, isFetched }) => isFetched && path.startsWith(folder))
    return root === undefined ? path : `${root.argument.replace(/\/+$/, '')}/${relative(root.path, path)}`
  }
  const renameIn = (text: string): string => opened.filter(({ isFetched }) => isFetched).reduce((words, { path, argument }) => words.replaceAll(path, argument), text)
  return {
    ...report,
    cases: report.cases.map((test) => ({ ...test, path: rename(test.path), ...(test.error === undefined ? {} : { error: renameIn(test.error) }) })),
    unreadable: report.unreadable.map(({ path, message }) => ({ path: rename(path), message: renameIn(message) })),
  }
}
