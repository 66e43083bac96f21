import { defineCommand } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'

const outcomes = { ok: exitCodes.ok.code, violations: exitCodes.violations.code, failed: exitCodes.failed.code } as const

/** `presync check`: the main job. */
export const checkCommand = defineCommand({
  summary: 'render what Argo CD would apply, evaluate policies on it, and say what would be refused',
  arguments: '[path...]',
  options: [
    'policy', 'exception', 'mode', 'fail-on', 'strict', 'values-file', 'set', 'userinfo', 'namespace', 'allow-empty', 'offline',
    'output', 'all', 'config', 'no-color', 'verbose',
  ],
  examples: ['presync check', 'presync check apps -p policies --mode enforce', 'presync check apps -p builtin:pod-security-restricted -o sarif=report.sarif'],
  async run({ args, options, given, streams, env }) {
    const [{ check }, { configure }, { parseOutputs, printReport }, { createProgress }, { judge }, { writeFile }] = await Promise.all([
      import('../../pipeline/check.ts'), import('../configure.ts'), import('../outputs.ts'), import('../progress.ts'), import('../../report/index.ts'),
      import('../../pipeline/write-file.ts'),
    ])
    const targets = parseOutputs(options.output)
    const setup = await configure(args, options, given)
    const progress = createProgress(streams.stderr, Date.now)
    const checked = await check({ ...setup.check, now: Date.now(), onProgress: (text) => progress.show(text) })
    progress.clear()
    const report = { ...checked, problems: [...setup.problems, ...checked.problems] }
    printReport(report, { targets, gate: setup.gate, all: options.all, streams, env, noColor: options['no-color'], sourceText: setup.check.texts.get, writeFile })
    return outcomes[judge(report, setup.gate)]
  },
})
