import { spawnSync } from 'node:child_process'
import type { Command } from '../../src/cli/command.ts'
import { commands } from '../../src/cli/commands/index.ts'
import { exitCodes } from '../../src/cli/exit-codes.ts'
import { environmentName, longFlag, type OptionRow } from '../../src/cli/option-row.ts'
import { options } from '../../src/cli/options.ts'
import { builtinPolicies } from '../../src/pipeline/builtin-policies/index.ts'
import { reportFormats } from '../../src/report/index.ts'
import { markdownTable } from './markdown-table.ts'
import { parameterTable, platformTable } from './plugin-files.ts'

/** The generated parts of the README and of pages under docs/, by the name in their markers. */
export const sections = {
  run: () => run(['check', 'examples/gitops/storefront', '-p', 'examples/policies']),
  'run-ignore-differences': () => run(['ignore-differences', 'examples/gitops/storefront', '-p', 'examples/mutations']),
  commands: () => markdownTable(['command', 'does'], Object.entries<Command>(commands).map(([name, command]) => [
    `\`presync ${name}${command.arguments === undefined ? '' : ` ${command.arguments}`}\``, command.summary,
  ])),
  options: () => markdownTable(['option', 'variable', 'commands', 'does'], Object.entries<OptionRow>(options).map(([name, row]) => [
    flags(name, row), `\`${environmentName(name, row)}\``, usedBy(name), description(row),
  ])),
  'exit-codes': () => markdownTable(['code', 'means'], Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning])),
  formats: () => markdownTable(['format', 'for'], Object.entries(reportFormats).map(([name, format]) => [`\`${name}\``, format.summary])),
  'plugin-parameters': parameterTable,
  'platform-settings': platformTable,
  builtins: () => `${Object.keys(builtinPolicies).map((name) => `\`builtin:${name}\``).join(', ')}\n`,
} as const satisfies Record<string, () => string>

function flags(name: string, row: OptionRow): string {
  const value = row.type === 'flag' ? '' : ` ${row.value ?? row.choices?.join('|') ?? row.type.toUpperCase()}`
  return [...(row.short === undefined ? [] : [`-${row.short}`]), `${longFlag(name, row)}${value}`].map((flag) => `\`${flag}\``).join(', ')
}

function description(row: OptionRow): string {
  const notes = [
    row.type === 'list' ? 'repeatable' : undefined, row.default === undefined ? undefined : `default \`${row.default}\``,
    row.config === undefined ? undefined : `\`${row.config}\` in .presync.yaml`, row.parameter === undefined ? undefined : `plugin parameter \`${row.parameter}\``,
  ].filter((note) => note !== undefined)
  return notes.length === 0 ? row.description : `${row.description} (${notes.join('; ')})`
}

/** Options of every command need no list. */
function usedBy(option: string): string {
  const all = Object.entries<Command>(commands)
  const users = all.filter(([, command]) => (command.options as readonly string[]).includes(option)).map(([name]) => name)
  return users.length === all.length ? 'all' : users.join(', ')
}

/** What the built executable prints, so that the README shows nothing else. */
function run(args: readonly string[]): string {
  const { stdout } = spawnSync(process.execPath, ['dist/presync.cjs', ...args], { encoding: 'utf8', env: { NODE_EXTRA_CA_CERTS: '' } })
  return `\`\`\`\n$ presync ${args.join(' ')}\n\n${stdout}\`\`\`\n`
}
