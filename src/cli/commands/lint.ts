import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { UsageError } from '../usage-error.ts'

/** `presync lint`: mistakes in policies, before they cost anything. */
export const lintCommand = defineCommand({
  summary: 'find mistakes in policies, before they cost anything',
  arguments: '<policy...>',
  options: ['strict', 'offline', 'output', 'all', 'no-color', 'verbose'],
  examples: ['presync lint policies', 'presync lint policies --strict -o sarif=lint.sarif'],
  async run({ args, options, streams, env }) {
    if (args.includes('-')) throw new UsageError('lint reads files and folders; write the policy to a file first')
    const [{ lintPolicies }, { SourceTexts }, { parseOutputs, printLint }, { writeFile }] = await Promise.all([
      import('../../pipeline/lint-policies.ts'), import('../../pipeline/source-texts.ts'), import('../outputs.ts'), import('../../pipeline/write-file.ts'),
    ])
    const targets = parseOutputs(options.output)
    const texts = new SourceTexts()
    const report = await lintPolicies(args, { cwd: process.cwd(), texts, offline: options.offline })
    const gate = { mode: 'policy', failOn: 'block', strict: options.strict } as const
    printLint(report, { targets, gate, all: options.all, streams, env, noColor: options['no-color'], sourceText: texts.get, writeFile })
    const failed = report.problems.some(({ severity }) => severity === 'error' || options.strict)
    return failed ? exitCodes.failed.code : exitCodes.ok.code
  },
})
