import type { SimpleGit } from 'simple-git'
import { ProgramError } from './io-error.ts'
import { redactSecrets } from './redact.ts'

/** Without a word; far beyond what a checkout takes. */
const timeoutMs = 600_000

/**
 * Runs git on the user's own repository, with the user's configuration but without the repository's hooks: they would run with whatever rights a
 * pipeline has. Throws a `ProgramError`.
 */
export async function runGit(cwd: string, ...args: readonly string[]): Promise<string> {
  try {
    // Whoever works in the repository meanwhile must not be kept waiting.
    return await (await openRepository(cwd)).raw('--no-optional-locks', ...args)
  } catch (cause) {
    const words = redactSecrets(cause instanceof Error ? cause.message : String(cause)).trim().slice(0, 4000)
    throw new ProgramError('GIT_FAILED', `git ${args[0] ?? ''} failed: ${words}`, { cause, stderr: words })
  }
}

async function openRepository(baseDir: string): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git')
  return simpleGit({
    baseDir, config: ['core.hooksPath=/dev/null'], unsafe: { allowUnsafeHooksPath: true }, timeout: { block: timeoutMs },
    // Otherwise it waits a while after git has ended, for output that may still come.
    completion: { onClose: true, onExit: false },
  }).outputHandler((_, stdout) => {
    // So it does, whatever it is told, when there was none at all.
    stdout.once('end', () => stdout.emit('data', nothing))
  })
}

const nothing = Buffer.alloc(0)
