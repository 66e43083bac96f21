import { runProgram } from './run-program.ts'

/** Far beyond what a checkout takes. */
const timeoutMs = 600_000

/** Runs git on the user's own repository, with the user's configuration but without the repository's hooks: they would run with whatever rights a pipeline has. */
export async function runGit(cwd: string, ...args: readonly string[]): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined))
  return await runProgram('git', ['-c', 'core.hooksPath=/dev/null', ...args], { cwd, env: { ...env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0' }, timeoutMs })
}
