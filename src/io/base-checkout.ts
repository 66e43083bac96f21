import { realpathSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { SimpleGit } from 'simple-git'
import { findProgram } from './find-program.ts'
import { IoError, ProgramError } from './io-error.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

/** The state of a repository that a change is held against. */
export interface BaseCheckout {
  /** A checkout of the merge base; read only. */
  readonly folder: string
  /** The working folder's counterpart in it. */
  readonly cwd: string
  readonly commit: string
  /** What a reader has to know: uncommitted changes, submodules. */
  readonly notices: readonly string[]
}

/** Checks out the merge base of HEAD and a ref beside the working tree, which stays untouched, and removes it afterwards. */
export async function withBaseCheckout<T>(cwd: string, ref: string, use: (base: BaseCheckout) => Promise<T>): Promise<T> {
  if (findProgram('git') === undefined) throw new ProgramError('PROGRAM_MISSING', 'git was not found; install git to compare with a base')
  if (ref.startsWith('-')) throw new IoError('UNKNOWN_REF', `not a branch, tag or commit: ${ref}`)
  const { simpleGit } = await import('simple-git')
  // A hook of the repository would run with whatever rights a pipeline has.
  const git = simpleGit({ baseDir: cwd, config: ['core.hooksPath=/dev/null'], unsafe: { allowUnsafeHooksPath: true } })
  const root = await findRepository(git, cwd)
  const commit = await findMergeBase(git, ref)
  const notices = await describeWorkingTree(git)
  return withTemporaryFolder(async (temporary) => {
    const folder = join(temporary, 'base')
    await git.raw('worktree', 'add', '--quiet', '--detach', folder, commit)
    try {
      return await use({ folder, cwd: join(folder, relative(root, realpathSync(cwd))), commit, notices })
    } finally {
      await git.raw('worktree', 'remove', '--force', folder)
    }
  })
}

async function findRepository(git: SimpleGit, cwd: string): Promise<string> {
  try {
    return realpathSync((await git.revparse(['--show-toplevel'])).trim())
  } catch (cause) {
    throw new IoError('NOT_A_REPOSITORY', `${cwd} is not in a git repository, so there is no base to compare with`, { cause })
  }
}

async function findMergeBase(git: SimpleGit, ref: string): Promise<string> {
  const shallow = await isShallow(git)
  if (!await isKnown(git, ref)) {
    throw new IoError('UNKNOWN_REF', `there is no branch, tag or commit ${ref} here; ${shallow ? `this clone is shallow: fetch it first (${unshallow})` : 'fetch it first'}`)
  }
  try {
    const commit = (await git.raw('merge-base', 'HEAD', ref)).trim()
    if (commit !== '') return commit
  } catch {
    // Exit code 1 without words: no common ancestor.
  }
  throw new IoError('NO_MERGE_BASE', `HEAD and ${ref} have no common ancestor${shallow ? ` in this shallow clone: fetch the history (${unshallow})` : ''}`)
}

const unshallow = '`git fetch --unshallow`, or fetch-depth: 0 in a workflow'

async function isKnown(git: SimpleGit, ref: string): Promise<boolean> {
  try {
    return (await git.revparse(['--verify', '--quiet', `${ref}^{commit}`])).trim() !== ''
  } catch {
    return false
  }
}

async function isShallow(git: SimpleGit): Promise<boolean> {
  return (await git.revparse(['--is-shallow-repository'])).trim() === 'true'
}

async function describeWorkingTree(git: SimpleGit): Promise<readonly string[]> {
  const status = await git.status()
  const submodules = (await git.raw('submodule', 'status')).trim()
  return [
    ...(status.isClean() ? [] : ['the working tree has uncommitted changes: they count as part of the change']),
    ...(submodules === '' ? [] : ['submodules are not checked out for the base: what lies in them counts as new']),
  ]
}
