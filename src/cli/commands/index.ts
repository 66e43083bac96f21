import type { Command } from '../command.ts'
import { checkCommand } from './check.ts'
import { lintCommand } from './lint.ts'
import { versionCommand } from './version.ts'

/** What `presync` offers, in the order of its help. A key with a space is a verb below a verb: `cmp generate`. */
export const commands = {
  check: checkCommand,
  lint: lintCommand,
  version: versionCommand,
} as const satisfies Record<string, Command>
