import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KnownError } from '../model/errors.ts'
import type { GitAddress } from '../values/git-address.ts'

/** A repository could not be brought here. */
export class CheckoutError extends KnownError<'GIT_FAILED'> {
  constructor(address: GitAddress, cause: unknown) {
    const reason = (cause instanceof Error ? cause.message : String(cause)).trim().split('\n').at(-1) ?? ''
    super('GIT_FAILED', `git could not fetch ${withoutPassword(address.url)}${address.ref === undefined ? '' : ` at ${address.ref}`}: ${reason}`, { cause })
  }
}

/** Fetches one commit of a repository, without its history, into a folder that goes away with the process. */
export async function checkout(address: GitAddress): Promise<string> {
  const ref = address.ref ?? 'HEAD'
  // Git would take these for options.
  if (ref.startsWith('-') || address.url.startsWith('-')) throw new CheckoutError(address, 'a ref or an address does not start with a dash')
  const folder = mkdtempSync(join(tmpdir(), 'presync-git-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const { simpleGit } = await import('simple-git')
  // Nobody is there to type a password; and no repository may name a transport that runs a program.
  const git = simpleGit(folder, { timeout: { block: 120_000 } }).env({ ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_ALLOW_PROTOCOL: 'https:http:ssh:git:file' })
  try {
    await git.init()
    await git.addRemote('origin', address.url)
    await git.raw('fetch', '--quiet', '--depth=1', 'origin', ref)
    await git.raw('checkout', '--quiet', 'FETCH_HEAD')
  } catch (cause) {
    throw new CheckoutError(address, cause)
  }
  return folder
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^/@]+@/, '//')
}
