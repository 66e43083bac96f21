import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** A repository as its `.git` folder tells it, without running git. */
export interface LocalRepository {
  /** The working tree's top folder. */
  readonly root: string
  /** Addresses of all remotes. */
  readonly remotes: readonly string[]
  /** The checked out branch; undefined where a commit is checked out. */
  readonly branch?: string
  /** The branch that the remote `origin` takes for its main one, where the clone knows it. */
  readonly defaultBranch?: string
}

/** The repository that a path lies in; undefined outside of any. */
export function findRepository(path: string): LocalRepository | undefined {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    const gitFolder = findGitFolder(folder)
    if (gitFolder !== undefined) return readRepository(folder, gitFolder)
    if (dirname(folder) === folder) return undefined
  }
}

/** `.git` is a folder, or in worktrees and submodules a file that names one. */
function findGitFolder(folder: string): string | undefined {
  const path = join(folder, '.git')
  try {
    if (statSync(path).isDirectory()) return path
  } catch {
    return undefined
  }
  const named = /^gitdir: (.+)$/m.exec(tryRead(path) ?? '')?.[1]
  return named === undefined ? undefined : resolve(folder, named.trim())
}

function readRepository(root: string, gitFolder: string): LocalRepository {
  const common = resolve(gitFolder, tryRead(join(gitFolder, 'commondir'))?.trim() ?? '.')
  const branch = readBranch(join(gitFolder, 'HEAD'), 'refs/heads/')
  const defaultBranch = readBranch(join(common, 'refs/remotes/origin/HEAD'), 'refs/remotes/origin/')
  return {
    root, remotes: readRemotes(tryRead(join(common, 'config')) ?? ''),
    ...(branch === undefined ? {} : { branch }), ...(defaultBranch === undefined ? {} : { defaultBranch }),
  }
}

function readBranch(path: string, prefix: string): string | undefined {
  const ref = /^ref: (.+)$/m.exec(tryRead(path) ?? '')?.[1]?.trim()
  return ref?.startsWith(prefix) === true ? ref.slice(prefix.length) : undefined
}

/** The `url` lines of `[remote "…"]` sections. */
function readRemotes(config: string): readonly string[] {
  const remotes: string[] = []
  let isRemote = false
  for (const line of config.split('\n')) {
    const section = /^\s*\[\s*([\w.-]+)/.exec(line)
    if (section !== null) isRemote = section[1]?.toLowerCase() === 'remote'
    const url = isRemote ? /^\s*(?:url|pushurl)\s*=\s*(.+)$/i.exec(line)?.[1] : undefined
    if (url !== undefined) remotes.push(url.trim().replace(/^"(.*)"$/, '$1'))
  }
  return remotes
}

function tryRead(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // A clone without it is a clone that does not say.
    return undefined
  }
}
