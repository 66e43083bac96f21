import { main } from '../../src/cli/main.ts'

export interface RunResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command line inside the test's process: no terminal, nothing on standard input unless given. */
export async function runMain(args: readonly string[], env: Readonly<Record<string, string>> = {}, stdin = ''): Promise<RunResult> {
  let stdout = ''
  let stderr = ''
  const code = await main(args, {
    stdin: (async function* () { yield stdin })(),
    stdout: { write: (text) => { stdout += text } },
    stderr: { write: (text) => { stderr += text } },
  }, env)
  return { code, stdout, stderr }
}
