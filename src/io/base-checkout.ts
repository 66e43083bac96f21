import { realpathSync } from 'node:fs'
import { join, relative } from 'node:path'
import { findProgram } from './find-program.ts'
import { findTreeChanges, type TreeChanges } from './git-changes.ts'
import { IoError, ProgramError } from './io-error.ts'
import { runGit } from './run-git.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

/** The state of a repository that a change is held against. */
export interface BaseCheckout {
  /** A checkout of the merge base; read only. It is there once `ready` is. */
  readonly folder: string
  readonly ready: Promise<void>
  /** The working folder's counterpart in it. */
  readonly cwd: string
  /** The working tree's top folder, a real path. */
  readonly root: string
  readonly commit: string
  readonly changes: TreeChanges
  /** What a reader has to know: uncommitted changes, submodules. */
  readonly notices: readonly string[]
}

/** Checks out the merge base of HEAD and a ref beside the working tree, which stays untouched, and removes it afterwards. */
export async function withBaseCheckout<T>(cwd: string, ref: string, use: (base: BaseCheckout) => Promise<T>): Promise<T> {
  if (findProgram('git') === undefined) throw new ProgramError('PROGRAM_MISSING', 'git was not found; install git to compare with a base')
  if (ref.startsWith('-')) throw new IoError('UNKNOWN_REF', `not a branch, tag or commit: ${ref}`)
  const found = findMergeBase(cwd, ref)
  // Outside of a repository both fail, and only one says why.
  found.catch(() => {})
  const root = await findRepository(cwd)
  const commit = await found
  return withTemporaryFolder(async (temporary) => {
    // Changes are told by real paths, and so are the files of sources.
    const folder = join(realpathSync(temporary), 'base')
    // The working tree is read meanwhile. Making files takes longest, and git can make several at once.
    const ready = runGit(root, '-c', 'checkout.workers=0', 'worktree', 'add', '--quiet', '--detach', folder, commit).then(() => {})
    // Whoever waits for it hears of a failure; until then nobody does.
    ready.catch(() => {})
    try {
      const [isDirty, changes] = await Promise.all([hasUncommitted(root), findTreeChanges(root, commit)])
      return await use({ folder, ready, cwd: join(folder, relative(root, realpathSync(cwd))), root, commit, changes, notices: describe(isDirty, changes) })
    } finally {
      if (await ready.then(() => true, () => false)) await runGit(root, 'worktree', 'remove', '--force', folder)
    }
  })
}

async function findRepository(cwd: string): Promise<string> {
  try {
    return realpathSync((await runGit(cwd, 'rev-parse', '--show-toplevel')).trim())
  } catch (cause) {
    throw new IoError('NOT_A_REPOSITORY', `${cwd} is not in a git repository, so there is no base to compare with`, { cause })
  }
}

async function findMergeBase(cwd: string, ref: string): Promise<string> {
  try {
    const commit = (await runGit(cwd, 'merge-base', 'HEAD', `${ref}^{commit}`)).trim()
    if (commit !== '') return commit
  } catch {
    // Exit code 1 without words: no common ancestor, or no such ref.
  }
  const shallow = await isShallow(cwd)
  if (!await isKnown(cwd, ref)) {
    throw new IoError('UNKNOWN_REF', `there is no branch, tag or commit ${ref} here; ${shallow ? `this clone is shallow: fetch it first (${unshallow})` : 'fetch it first'}`)
  }
  throw new IoError('NO_MERGE_BASE', `HEAD and ${ref} have no common ancestor${shallow ? ` in this shallow clone: fetch the history (${unshallow})` : ''}`)
}

const unshallow = '`git fetch --unshallow`, or fetch-depth: 0 in a workflow'

async function isKnown(cwd: string, ref: string): Promise<boolean> {
  try {
    return (await runGit(cwd, 'rev-parse', '--verify', '--quiet', `${ref}^{commit}`)).trim() !== ''
  } catch {
    return false
  }
}

async function isShallow(cwd: string): Promise<boolean> {
  return (await runGit(cwd, 'rev-parse', '--is-shallow-repository')).trim() === 'true'
}

async function hasUncommitted(root: string): Promise<boolean> {
  return await runGit(root, 'status', '--porcelain', '-z') !== ''
}

function describe(isDirty: boolean, { hasSubmodules }: TreeChanges): readonly string[] {
  return [
    ...(isDirty ? ['the working tree has uncommitted changes: they count as part of the change'] : []),
    ...(hasSubmodules ? ['submodules are not checked out for the base: what lies in them counts as new'] : []),
  ]
}
