import { lintPolicies } from '../../pipeline/lint-policies.ts'
import { SourceTexts } from '../../pipeline/source-texts.ts'
import { writeFile } from '../../pipeline/write-file.ts'
import type { Invocation } from '../command.ts'
import { printDetails } from '../details.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { parseOutputs, printLint } from '../outputs.ts'
import { UsageError } from '../usage-error.ts'

/** `presync lint`: loads policies and prints what is wrong with them. */
export async function runLint({ args, options, streams, env }: Invocation<'strict' | 'offline' | 'output' | 'all' | 'no-color' | 'verbose'>): Promise<ExitCode> {
  if (args.includes('-')) throw new UsageError('lint reads files and folders; write the policy to a file first')
  const started = Date.now()
  const targets = parseOutputs(options.output)
  const texts = new SourceTexts()
  const report = await lintPolicies(args, { cwd: process.cwd(), texts, offline: options.offline })
  const gate = { mode: 'policy', failOn: 'block', strict: options.strict } as const
  if (options.verbose) printDetails(streams.stderr, { policies: report.policies, milliseconds: Date.now() - started })
  printLint(report, { targets, gate, all: options.all, streams, env, noColor: options['no-color'], sourceText: texts.get, writeFile })
  const failed = report.problems.some(({ severity }) => severity === 'error' || options.strict)
  return failed ? exitCodes.failed.code : exitCodes.ok.code
}
