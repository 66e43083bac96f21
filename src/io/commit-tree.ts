import { runGit } from './run-git.ts'

/** The files of a commit as git lists them, by their paths with `/` from the top; the top is ''. */
export class CommitTree {
  /** Whether it holds nothing but files: no symbolic links, no submodules. */
  readonly isPlain: boolean
  readonly #folders = new Map<string, Map<string, 'file' | 'folder'>>([['', new Map()]])

  /** Takes the output of `git ls-tree -r -z`. */
  constructor(listing: string) {
    const lines = listing.split('\0').filter((line) => line !== '')
    for (const line of lines) this.#add(line.slice(line.indexOf('\t') + 1), 'file')
    this.isPlain = lines.every((line) => line.startsWith(fileMode))
  }

  kindOf(path: string): 'file' | 'folder' | undefined {
    if (this.#folders.has(path)) return 'folder'
    const [folder, name] = split(path)
    return this.#folders.get(folder)?.get(name)
  }

  /** What lies in a folder; undefined where there is none. */
  entriesOf(path: string): ReadonlyMap<string, 'file' | 'folder'> | undefined {
    return this.#folders.get(path)
  }

  /** The file at a path, or all files below it. */
  * filesOf(path: string): Generator<string> {
    const entries = this.#folders.get(path)
    if (entries === undefined) {
      if (this.kindOf(path) === 'file') yield path
      return
    }
    for (const [name, kind] of entries) {
      const below = path === '' ? name : `${path}/${name}`
      if (kind === 'file') yield below
      else yield* this.filesOf(below)
    }
  }

  #add(path: string, kind: 'file' | 'folder'): void {
    const [folder, name] = split(path)
    let entries = this.#folders.get(folder)
    if (entries === undefined) {
      this.#folders.set(folder, entries = new Map())
      this.#add(folder, 'folder')
    }
    entries.set(name, kind)
  }
}

/** What the modes of files start with, whether they can be executed or not. */
const fileMode = '100'

/** Lists the files of a commit. */
export async function readCommitTree(root: string, commit: string): Promise<CommitTree> {
  return new CommitTree(await runGit(root, 'ls-tree', '-r', '-z', '--full-tree', commit))
}

function split(path: string): readonly [folder: string, name: string] {
  const end = path.lastIndexOf('/')
  return end === -1 ? ['', path] : [path.slice(0, end), path.slice(end + 1)]
}
