import { readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { PathSet } from './path-set.ts'
import { runGit } from './run-git.ts'

/** How a working tree differs from a commit. */
export interface TreeChanges {
  /** Absolute paths of all files and folders that may differ: changed, added, deleted, not tracked, ignored, and links to such. */
  readonly paths: PathSet
  /** Why the paths do not tell everything, in words; undefined where they do. */
  readonly doubt: string | undefined
  readonly hasSubmodules: boolean
}

const [linkMode, submoduleMode] = ['120000', '160000']

/** Asks git what differs between a commit and the working tree below `root`, which is a real path. */
export async function findTreeChanges(root: string, commit: string): Promise<TreeChanges> {
  const [diff, files] = await Promise.all([
    runGit(root, 'diff', '--raw', '-z', '--no-renames', '--no-ext-diff', '--no-relative', '--ignore-submodules=none', commit, '--'),
    // Ignored files count: they are no part of the base, and a vendored chart may be one. Folders without a tracked file are one entry.
    runGit(root, 'ls-files', '-v', '-s', '-z', '--cached', '--others', '--directory', '--no-empty-directory'),
  ])
  const changed = readDiff(diff)
  const { tracked, others } = readFiles(files)
  const hasSubmodules = tracked.some(({ mode }) => mode === submoduleMode)
  const paths = new PathSet([...changed.map(({ path }) => path), ...others].map((path) => join(root, path)))
  const links = tracked.filter(({ mode }) => mode === linkMode).map(({ path }) => join(root, path))
  return { paths: new PathSet([...paths, ...links.filter((link) => leadsToAny(link, paths))]), doubt: findDoubt({ changed, tracked, others }, hasSubmodules), hasSubmodules }
}

interface Changed { readonly path: string; readonly modes: readonly string[] }
interface Tracked { readonly path: string; readonly mode: string; readonly tag: string }

/** `:100644 100644 <object> <object> M`, then the path. */
function readDiff(text: string): readonly Changed[] {
  const words = text.split('\0')
  return words.flatMap((word, index) => (word.startsWith(':') && index % 2 === 0 ? [{ path: words[index + 1] ?? '', modes: word.slice(1).split(' ').slice(0, 2) }] : []))
}

/** `H 100644 <object> 0<tab>path` of a tracked file; its letter is small or S where git does not look at the file. `? path` of another. */
function readFiles(text: string): { readonly tracked: readonly Tracked[]; readonly others: readonly string[] } {
  const tracked: Tracked[] = []
  const others: string[] = []
  for (const entry of text.split('\0')) {
    if (entry.startsWith('? ')) others.push(entry.slice(2))
    else if (entry !== '') tracked.push({ tag: entry.charAt(0), mode: entry.slice(2, 8), path: entry.slice(entry.indexOf('\t') + 1) })
  }
  return { tracked, others }
}

function findDoubt({ changed, tracked, others }: { readonly changed: readonly Changed[]; readonly tracked: readonly Tracked[]; readonly others: readonly string[] }, hasSubmodules: boolean): string | undefined {
  if (hasSubmodules) return 'the repository has submodules'
  if (tracked.some(({ tag }) => tag === 'S' || tag !== tag.toUpperCase())) return 'git is told to overlook some files (skip-worktree, assume-unchanged)'
  if (changed.some(({ modes }) => modes.includes(linkMode))) return 'a symbolic link was changed'
  if ([...changed.map(({ path }) => path), ...others].some((path) => basename(path) === '.gitattributes')) return '.gitattributes was changed'
  // A link that is not tracked, or a whole working tree that is not.
  if (others.some((path) => path === '' || path === './')) return 'nothing here is tracked'
  return undefined
}

/** A link that leads nowhere counts by where it would lead. */
function leadsToAny(link: string, paths: PathSet): boolean {
  const target = targetOf(link)
  return target === undefined || paths.overlaps(target)
}

function targetOf(link: string): string | undefined {
  try {
    return realpathSync.native(link)
  } catch {
    try {
      return resolve(dirname(link), readlinkSync(link))
    } catch {
      return undefined
    }
  }
}
