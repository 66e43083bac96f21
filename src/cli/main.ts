import { CommanderError } from 'commander'
import { KnownError } from '../model/errors.ts'
import { printableLines } from '../values/printable.ts'
import type { Command } from './command.ts'
import { commandGroups, commands } from './commands/index.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { buildProgram } from './program.ts'
import type { Streams } from './streams.ts'

/** The command line as a function: what was typed and the environment in, text on the streams and an exit code out. */
export async function main(args: readonly string[], streams: Streams, env: Readonly<Record<string, string | undefined>>): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok.code
  const program = buildProgram({ commands: commandsFor(args), groups: commandGroups, streams, env, finish: (result) => { code = result } })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    return reportFailure(error, streams)
  }
}

/** Those that the first word can mean: building the others takes a noticeable part of the start. */
function commandsFor([word]: readonly string[]): Readonly<Record<string, Command>> {
  const all = Object.entries<Command>(commands)
  const meant = all.filter(([name]) => name.split(' ')[0] === word)
  return Object.fromEntries(meant.length > 0 ? meant : all)
}

function reportFailure(error: unknown, streams: Streams): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok.code : exitCodes.failed.code
  if (error instanceof KnownError) {
    streams.stderr.write(`presync: ${printableLines(error.message).join('\n')}\n`)
    return exitCodes.failed.code
  }
  const stack = error instanceof Error ? error.stack ?? error.message : String(error)
  streams.stderr.write(`presync: this is a bug in presync; please report it with the lines below and the command that you ran\n${stack}\n`)
  return exitCodes.bug.code
}
