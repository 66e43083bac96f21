import type { Command } from '../command.ts'
import { baselineCreateCommand, baselinePruneCommand } from './baseline.ts'
import { checkCommand } from './check.ts'
import { cmpDevCommand, cmpGenerateCommand, cmpInitCommand, cmpParametersCommand } from './cmp.ts'
import { ignoreDifferencesCommand } from './ignore-differences.ts'
import { initCommand } from './init.ts'
import { lintCommand } from './lint.ts'
import { mergeCommand } from './merge.ts'
import { renderCommand } from './render.ts'
import { applyCommand } from './apply.ts'
import { testCommand } from './test.ts'
import { versionCommand } from './version.ts'

/** What `presync` offers, in the order of its help. A key with a space is a verb below a verb: `cmp generate`. */
export const commands = {
  check: checkCommand,
  merge: mergeCommand,
  render: renderCommand,
  'ignore-differences': ignoreDifferencesCommand,
  lint: lintCommand,
  apply: applyCommand,
  test: testCommand,
  'baseline create': baselineCreateCommand,
  'baseline prune': baselinePruneCommand,
  init: initCommand,
  'cmp generate': cmpGenerateCommand,
  'cmp init': cmpInitCommand,
  'cmp parameters': cmpParametersCommand,
  'cmp dev': cmpDevCommand,
  version: versionCommand,
} as const satisfies Record<string, Command>

/** What stands beside the first word of commands with two. */
export const commandGroups: Readonly<Record<string, string>> = {
  cmp: "Argo CD's plugin dialect: generate, init, parameters; dev shows it on a laptop",
  baseline: 'known failures, written down: create, prune',
}
