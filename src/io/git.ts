import { ProgramError, IoError } from './io-error.ts'
import { findProgram } from './find-program.ts'
import { redactSecrets } from './redact.ts'

/** A repository and what of it. */
export interface GitSource {
  readonly url: string
  /** Branch, tag or commit; the default branch where absent. */
  readonly ref?: string
}

const allowedUrl = /^(?:https?:\/\/|ssh:\/\/|git:\/\/|file:\/\/|[\w.-]+@[\w.-]+:(?!:))/

/** Whether a text names a git repository that presync is willing to clone. Transports that run a program (`ext::`) are none. */
export function isGitUrl(text: string): boolean {
  return allowedUrl.test(text) && !/[\s\0]/.test(text)
}

/**
 * Fetches one commit of a repository into an empty folder. Nothing of what is fetched runs: no hooks, no submodules, no filters from a
 * configuration; git never asks for a password.
 */
export async function fetchRepository({ url, ref = 'HEAD' }: GitSource, folder: string, timeoutMs = 60_000): Promise<void> {
  if (!isGitUrl(url)) throw new IoError('INVALID_URL', `not the URL of a git repository: ${redactSecrets(url)}`)
  if (!/^[\w./@+-]+$/.test(ref) || ref.startsWith('-') || ref.includes('..')) throw new IoError('INVALID_URL', `not a branch, tag or commit: ${ref}`)
  if (findProgram('git') === undefined) throw new ProgramError('PROGRAM_MISSING', 'git was not found; install git to use policies from a repository')
  const { simpleGit } = await import('simple-git')
  const git = simpleGit({
    baseDir: folder, timeout: { block: timeoutMs },
    config: ['core.hooksPath=/dev/null', 'protocol.allow=never', 'protocol.https.allow=always', 'protocol.http.allow=always', 'protocol.ssh.allow=always', 'protocol.git.allow=always', 'protocol.file.allow=always', 'core.symlinks=true'],
    allowEnvironment: ['GIT_TERMINAL_PROMPT', 'GIT_LFS_SKIP_SMUDGE'],
    unsafe: { allowUnsafeProtocolOverride: true, allowUnsafeHooksPath: true },
  }).env(gitEnvironment())
  try {
    await git.raw('init', '--quiet', '.')
    await git.raw('fetch', '--quiet', '--depth=1', '--no-tags', '--no-recurse-submodules', '--', url, ref)
    await git.raw('checkout', '--quiet', '--detach', 'FETCH_HEAD')
  } catch (cause) {
    const words = redactSecrets(cause instanceof Error ? cause.message : String(cause)).trim().slice(0, 1000)
    throw new ProgramError('GIT_FAILED', `git could not fetch ${ref} of ${redactSecrets(url)}: ${words}`, { cause, stderr: words })
  }
}

/** Credentials come from the user's own helpers and agents; prompts are off. */
function gitEnvironment(): Record<string, string> {
  const kept = ['PATH', 'HOME', 'SSH_AUTH_SOCK', 'LANG', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY', 'https_proxy', 'http_proxy', 'no_proxy']
  const found = kept.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name] as string] as const]))
  return { ...Object.fromEntries(found), GIT_TERMINAL_PROMPT: '0', GIT_LFS_SKIP_SMUDGE: '1' }
}
