import type { ExitCode } from './exit-codes.ts'
import type { OptionName, OptionValues } from './options.ts'
import type { Streams } from './streams.ts'

/** What a command is given when it runs. */
export interface Invocation<Name extends OptionName = OptionName> {
  readonly args: readonly string[]
  readonly options: OptionValues<Name>
  /** The options that the user gave, by flag or variable, rather than left to their default. */
  readonly given: ReadonlySet<string>
  readonly streams: Streams
  readonly env: Readonly<Record<string, string | undefined>>
}

/** One verb. The file that defines it stays small: `run` imports the action (`cli/actions/`) when it is called, so that no other command pays for it. */
export interface Command<Name extends OptionName = OptionName> {
  /** One line for the list of commands. */
  readonly summary: string
  /** Arguments in commander's notation, `[path...]`; none where absent. */
  readonly arguments?: string
  readonly options: readonly Name[]
  /** Printed below the help: examples, as typed. */
  readonly examples?: readonly string[]
  run(invocation: Invocation<Name>): ExitCode | Promise<ExitCode>
}

/** Infers the option names, so that `run` sees exactly the options that the command declares. */
export function defineCommand<Name extends OptionName>(command: Command<Name>): Command<Name> {
  return command
}
