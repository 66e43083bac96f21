import { Command as CommanderCommand, Option } from 'commander'
import { version } from '../model/version.ts'
import type { Command } from './command.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { longFlag, type OptionRow } from './option-row.ts'
import { options, type OptionName } from './options.ts'
import { readOptions } from './read-options.ts'
import type { Streams } from './streams.ts'

const title = 'GitOps pre-sync validator and Argo CD plugin: renders what Argo CD would apply, evaluates Kyverno policies on it '
  + 'before the sync, and emits the ignoreDifferences that end the fight.'

export interface ProgramContext {
  readonly commands: Readonly<Record<string, Command>>
  /** Summaries of first words, for commands with two. */
  readonly groups: Readonly<Record<string, string>>
  readonly streams: Streams
  readonly env: Readonly<Record<string, string | undefined>>
  /** Called with the exit code of the command that ran. */
  finish(code: ExitCode): void
}

/** The command line, built from the two tables: commands and options. A key with a space, `cmp generate`, is a verb below a verb. */
export function buildProgram(context: ProgramContext): CommanderCommand {
  const program = prepare(new CommanderCommand('presync'), context.streams)
    .description(title)
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .addHelpText('after', `\nExit codes:\n${Object.values(exitCodes).map(({ code, meaning }) => `  ${String(code).padEnd(4)}${meaning.replaceAll('`', '')}`).join('\n')}`)
  for (const [name, command] of Object.entries(context.commands)) addCommand(program, name, command, context)
  return program
}

function prepare(command: CommanderCommand, streams: Streams): CommanderCommand {
  return command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
      getOutHelpWidth: () => streams.stdout.columns ?? 100,
      getErrHelpWidth: () => streams.stderr.columns ?? 100,
      outputError: (text, write) => write(text.replace(/^error: /, 'presync: ')),
    })
}

function addCommand(program: CommanderCommand, name: string, command: Command, context: ProgramContext): void {
  const words = name.split(' ')
  const verb = words.pop() ?? name
  const parent = words.reduce((above, word) => above.commands.find((existing) => existing.name() === word)
    ?? prepare(above.command(word), context.streams).description(context.groups[word] ?? word), program)
  const added = prepare(parent.command(verb), context.streams).summary(command.summary).description(command.summary)
  if (command.arguments !== undefined) added.arguments(command.arguments)
  for (const option of command.options) added.addOption(toCommanderOption(option))
  if (command.examples !== undefined) added.addHelpText('after', `\nExamples:\n${command.examples.map((line) => `  $ ${line}`).join('\n')}`)
  added.action(async () => {
    const { values, given } = readOptions(added, command.options, context.env)
    context.finish(await command.run({ args: added.args, options: values, given, streams: context.streams, env: context.env }))
  })
}

function toCommanderOption(name: OptionName): Option {
  const row: OptionRow = options[name]
  const flags = [row.short === undefined ? undefined : `-${row.short}`, longFlag(name, row)].filter((flag) => flag !== undefined).join(', ')
  const value = row.type === 'flag' ? '' : ` <${row.value ?? shortChoices(row) ?? row.type}>`
  const option = new Option(`${flags}${value}`, describe(row)).helpGroup(`${row.group}:`)
  if (row.type === 'list') option.argParser((entry: string, before: readonly string[] | undefined) => [...(before ?? []), entry])
  return option
}

/** A long list of choices would push every description of the help to the right. */
function shortChoices({ choices }: OptionRow): string | undefined {
  const listed = choices?.join('|')
  return listed === undefined || listed.length > 24 ? undefined : listed
}

function describe(row: OptionRow): string {
  const notes = [row.choices === undefined || shortChoices(row) !== undefined ? undefined : `one of ${row.choices.join(', ')}`, row.type === 'list' ? 'repeatable' : undefined, row.default === undefined ? undefined : `default: ${row.default}`]
    .filter((note) => note !== undefined)
  return notes.length === 0 ? row.description : `${row.description} (${notes.join('; ')})`
}
