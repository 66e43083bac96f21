import { check } from '../../pipeline/check.ts'
import { writeFile } from '../../pipeline/write-file.ts'
import { judge } from '../../report/index.ts'
import type { Invocation } from '../command.ts'
import { configure, type CheckFlag } from '../configure.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { parseOutputs, printReport } from '../outputs.ts'
import { createProgress } from '../progress.ts'

const outcomes = { ok: exitCodes.ok.code, violations: exitCodes.violations.code, failed: exitCodes.failed.code } as const

/** `presync check`: renders, evaluates, prints, judges. */
export async function runCheck({ args, options, given, streams, env }: Invocation<CheckFlag | 'output' | 'all' | 'no-color'>): Promise<ExitCode> {
  const targets = parseOutputs(options.output)
  const setup = await configure(args, options, given)
  const progress = createProgress(streams.stderr, Date.now)
  const checked = await check({ ...setup.check, now: Date.now(), onProgress: (text) => progress.show(text) })
  progress.clear()
  const report = { ...checked, problems: [...setup.problems, ...checked.problems] }
  printReport(report, { targets, gate: setup.gate, all: options.all, streams, env, noColor: options['no-color'], sourceText: setup.check.texts.get, writeFile })
  return outcomes[judge(report, setup.gate)]
}
