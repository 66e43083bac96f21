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
  /** The checked out commit, where it is written in the usual places. */
  readonly commit?: string
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
  const commit = readCommit(gitFolder, common)
  return {
    root, remotes: readRemotes(tryRead(join(common, 'config')) ?? ''),
    ...(commit === undefined ? {} : { commit }), ...(branch === undefined ? {} : { branch }), ...(defaultBranch === undefined ? {} : { defaultBranch }),
  }
}

function readBranch(path: string, prefix: string): string | undefined {
  const ref = /^ref: (.+)$/m.exec(tryRead(path) ?? '')?.[1]?.trim()
  return ref?.startsWith(prefix) === true ? ref.slice(prefix.length) : undefined
}

/** `HEAD` is a commit or names a ref, which has a file of its own or a line among the packed ones. */
function readCommit(gitFolder: string, common: string): string | undefined {
  const head = tryRead(join(gitFolder, 'HEAD'))?.trim() ?? ''
  const ref = /^ref: (refs\/.+)$/.exec(head)?.[1]
  const packed = (name: string): string | undefined => tryRead(join(common, 'packed-refs'))?.split('\n').find((line) => line.endsWith(` ${name}`))?.split(' ')[0]
  const text = ref === undefined ? head : tryRead(join(common, ref))?.trim() ?? packed(ref)
  return text !== undefined && /^[0-9a-f]{40,64}$/.test(text) ? text : undefined
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
