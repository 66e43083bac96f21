// Kyverno: cmd/cli/kubectl-kyverno/commands/{test/load,apply/command}.go (git arguments)
import { resolveInside } from '../../io/files.ts'
import { fetchRepository } from '../../io/git.ts'
import { withTemporaryFolder } from '../../io/temporary-folder.ts'
import { parseGitAddress, type GitAddress } from '../../values/git-address.ts'

/** An argument as it was typed, and where it lies now. */
export interface OpenedPath {
  readonly argument: string
  readonly path: string
  /** Whether it was fetched: paths below it are then called by the argument. */
  readonly isFetched: boolean
}

/** Calls `use` with local paths: arguments that are addresses of git repositories are fetched into folders that are gone afterwards. */
export async function withPaths<T>(paths: readonly string[], branch: string | undefined, use: (opened: readonly OpenedPath[]) => Promise<T>): Promise<T> {
  const open = async (index: number, opened: readonly OpenedPath[]): Promise<T> => {
    const argument = paths[index]
    if (argument === undefined) return await use(opened)
    const address = parseRepository(argument, branch)
    if (address === undefined) return await open(index + 1, [...opened, { argument, path: argument, isFetched: false }])
    return await withTemporaryFolder(async (folder) => {
      await fetchRepository(address, folder)
      return await open(index + 1, [...opened, { argument, path: resolveInside(folder, address.path ?? '.'), isFetched: true }])
    })
  }
  return await open(0, [])
}

const kyvernoAddress = /^(https?:\/\/[^/]+\/[^/]+\/[^/@]+)(?:\/([^@]*))?$/

/** Kyverno's form is `https://host/owner/repository/folder` with a branch beside it, or the branch in the place of the folder; ours is understood too. */
export function parseRepository(argument: string, branch: string | undefined): GitAddress | undefined {
  const [, url, rest = ''] = kyvernoAddress.exec(argument) ?? []
  if (url === undefined || /\/(?:tree|blob)\//.test(argument) || argument.includes('?') || rest.startsWith('/')) {
    const address = parseGitAddress(argument)
    return address === undefined || branch === undefined ? address : { ...address, ref: branch }
  }
  if (branch !== undefined) return { url, ref: branch, ...(rest === '' ? {} : { path: rest }) }
  return rest === '' ? { url } : { url, ref: rest }
}
