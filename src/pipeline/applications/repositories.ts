import { join, relative, resolve } from 'node:path'
import { kindOf, realPath, toPortable } from '../../io/files.ts'
import { findRepository, type LocalRepository } from '../../io/git-repository.ts'
import { isSameRepository } from '../../values/repository-url.ts'

/** A repository at hand, and how its files are called in messages. */
export interface RepositoryAtHand {
  /** Absolute. */
  readonly root: string
  show(name: string): string
}

/** Tells which folder stands for the repository that an Application names. */
export interface Repositories {
  readonly checked: RepositoryAtHand
  /** The repository of an address; `path` helps to recognise a checked tree that is no clone of anything. */
  find(url: string, path: string | undefined): RepositoryAtHand | undefined
  /** Whether the working tree is certainly what a revision of the checked repository means. */
  isCheckedOut(revision: string): boolean
  /** Addresses that were taken for the checked tree because what they name is there. */
  readonly assumed: ReadonlySet<string>
}

export interface RepositoriesOptions {
  /** Its root is a real path. */
  readonly checked: RepositoryAtHand
  readonly cwd: string
  /** Folders that stand for repositories, by address: from the configuration. */
  readonly mapped: Readonly<Record<string, string>>
}

/** Knows the checked repository by its remotes, and others by the configuration. */
export function createRepositories({ checked, cwd, mapped }: RepositoriesOptions): Repositories {
  const local = findRepository(checked.root)
  const isWhole = local !== undefined && realPath(local.root) === checked.root
  const remotes = isWhole ? local.remotes : []
  const others = Object.entries(mapped).map(([url, folder]) => ({ url, repository: atHand(resolve(cwd, folder), cwd, checked) }))
  const assumed = new Set<string>()
  return {
    checked, assumed,
    find(url, path) {
      const other = others.find((candidate) => isSameRepository(candidate.url, url))
      if (other !== undefined) return other.repository
      if (assumed.has(url) || remotes.some((remote) => isSameRepository(remote, url))) return checked
      // A tree without a remote cannot say what it is a copy of; that it has what the Application names speaks for itself.
      if (remotes.length > 0 || path === undefined || kindOf(join(checked.root, path)) !== 'folder') return undefined
      assumed.add(url)
      return checked
    },
    isCheckedOut: (revision) => currentRevisions(local).has(revision),
  }
}

function atHand(root: string, cwd: string, checked: RepositoryAtHand): RepositoryAtHand {
  const real = kindOf(root) === 'folder' ? realPath(root) : root
  return real === checked.root ? checked : { root: real, show: (name) => toPortable(relative(cwd, join(root, name))) || '.' }
}

/** A pull request is meant for the main branch: rendering it from the working tree is the point. */
function currentRevisions(local: LocalRepository | undefined): ReadonlySet<string> {
  const { branch, defaultBranch } = local ?? {}
  return new Set(['', 'HEAD', 'main', 'master', ...(branch === undefined ? [] : [branch, `refs/heads/${branch}`]), ...(defaultBranch === undefined ? [] : [defaultBranch, `refs/heads/${defaultBranch}`])])
}
