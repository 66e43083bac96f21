import { realpathSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { readCommitTree, type CommitTree } from './commit-tree.ts'
import { kindOf } from './files.ts'
import { findProgram } from './find-program.ts'
import { findTreeChanges, type TreeChanges } from './git-changes.ts'
import { IoError, ProgramError } from './io-error.ts'
import { mountFolder } from './mounts.ts'
import { PartialCheckout } from './partial-checkout.ts'
import { runGit } from './run-git.ts'
import { withTemporaryFolder } from './temporary-folder.ts'

/** The state of a repository that a change is held against. */
export interface BaseCheckout {
  /** A checkout of the merge base; read only. */
  readonly folder: string
  /** From then on the folder can be read through `files.ts`; programs read what was provided to them, see `mounts.ts`. */
  readonly ready: Promise<void>
  /** The working folder's counterpart in it. */
  readonly cwd: string
  /** The working tree's top folder, a real path. */
  readonly root: string
  readonly commit: string
  readonly changes: TreeChanges
  /** What a reader has to know: uncommitted changes, submodules. */
  readonly notices: readonly string[]
  /** Checks out all that is not there yet. */
  complete(): Promise<void>
  /** The file or folder of the working tree that is the same as one of the base, as git sees it; what lies outside of the base is the same for both. */
  unchanged(path: string): string | undefined
}

export interface BaseCheckoutOptions {
  readonly cwd: string
  /** A branch, tag or commit; the merge base of HEAD and it is what counts. */
  readonly ref: string
  /** Whether all of it is needed. */
  readonly whole: boolean
}

/**
 * Checks out the merge base of HEAD and a ref beside the working tree, which stays untouched, and removes it afterwards. Making files takes long; so only
 * those are made that differ, or that programs are to read, as long as git can tell what differs.
 */
export async function withBaseCheckout<T>({ cwd, ref, whole }: BaseCheckoutOptions, use: (base: BaseCheckout) => Promise<T>): Promise<T> {
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
    const added = runGit(root, 'worktree', 'add', '--quiet', '--detach', '--no-checkout', folder, commit)
    // Whoever waits for it hears of a failure; until then nobody does.
    added.catch(() => {})
    let unmount = (): void => {}
    let atWork: () => Promise<unknown> = () => added
    try {
      const [isDirty, changes, tree] = await Promise.all([hasUncommitted(root), findTreeChanges(root, commit), readCommitTree(root, commit)])
      const unchanged = (path: string): string | undefined => toUnchanged(path, { root, folder, changes })
      const partial = whole || !canReadElsewhere(root, changes, tree) ? undefined : new PartialCheckout({ folder, tree, unchanged })
      if (partial !== undefined) unmount = mountFolder(partial)
      const ready = added.then(() => (partial === undefined ? checkOut(folder) : partial.open()))
      ready.catch(() => {})
      atWork = () => ready.then(() => partial?.provide([]))
      // While presync plans and reads, nothing else gets a turn; so git is started before that.
      await added.catch(() => {})
      await new Promise((resolve) => setImmediate(resolve))
      const complete = async (): Promise<void> => {
        await ready
        await partial?.provide([folder])
        unmount()
      }
      return await use({ folder, ready, cwd: join(folder, relative(root, realpathSync(cwd))), root, commit, changes, notices: describe(isDirty, changes), complete, unchanged })
    } finally {
      unmount()
      await atWork().catch(() => {})
      if (await added.then(() => true, () => false)) await runGit(root, 'worktree', 'remove', '--force', folder)
    }
  })
}

/** What `worktree add` does at its end. Making files takes longest, and git can make several at once. */
async function checkOut(folder: string): Promise<void> {
  await runGit(folder, '-c', 'checkout.workers=0', 'reset', '--hard', '--no-recurse-submodules', '--quiet')
}

/** Whether the base may be read from the working tree where nothing changed: git tells all that did, a path names one file, and what it names lies where it says. */
function canReadElsewhere(root: string, { doubt }: TreeChanges, { isPlain }: CommitTree): boolean {
  const ignoresCase = kindOf(join(root, '.GIT')) !== undefined
  return doubt === undefined && isPlain && !ignoresCase
}

function toUnchanged(path: string, { root, folder, changes }: Pick<BaseCheckout, 'root' | 'folder' | 'changes'>): string | undefined {
  if (path !== folder && !path.startsWith(folder + sep)) return path
  const same = (root === sep ? '' : root) + path.slice(folder.length)
  return changes.paths.overlaps(same) ? undefined : same
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
