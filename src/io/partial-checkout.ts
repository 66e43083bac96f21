import { join } from 'node:path'
import type { CommitTree } from './commit-tree.ts'
import { toPortable } from './files.ts'
import type { FolderEntry, Mount } from './mounts.ts'
import { runGit } from './run-git.ts'

interface Parts {
  /** A worktree into which nothing was checked out yet. */
  readonly folder: string
  readonly tree: CommitTree
  /** The file elsewhere that is the same as one of the commit. */
  readonly unchanged: (path: string) => string | undefined
}

/** A commit of which files are checked out when somebody needs them; until then those are read that are the same elsewhere. */
export class PartialCheckout implements Mount {
  readonly folder: string
  readonly #tree: CommitTree
  readonly #unchanged: (path: string) => string | undefined
  /** What makes the folder a worktree: a file that names the repository. */
  readonly #repositoryLink: string
  readonly #provided = new Set<string>()
  /** Checkouts wait for each other: they write the same index. */
  #last: Promise<void> = Promise.resolve()

  constructor({ folder, tree, unchanged }: Parts) {
    this.folder = folder
    this.#tree = tree
    this.#unchanged = unchanged
    this.#repositoryLink = join(folder, repositoryLink)
  }

  /** Makes everything readable: what is not the same elsewhere is checked out. */
  async open(): Promise<void> {
    // Attributes decide how git writes the other files, now and later.
    await this.#checkOut([...this.#tree.filesOf('')].filter((file) => isAttributesFile(file) || this.#unchanged(join(this.folder, file)) === undefined))
  }

  kindOf(path: string): 'file' | 'folder' | undefined {
    return path === this.#repositoryLink ? 'file' : this.#tree.kindOf(this.#nameOf(path))
  }

  entriesOf(path: string): readonly FolderEntry[] | undefined {
    const entries = this.#tree.entriesOf(this.#nameOf(path))
    if (entries === undefined) return undefined
    const found = [...entries].map(([name, kind]) => toEntry(name, kind))
    return path === this.folder ? [...found, toEntry(repositoryLink, 'file')] : found
  }

  placeOf(path: string): string {
    // Whatever is read there says that it is none.
    if (this.kindOf(path) === 'folder') return this.folder
    return path === this.#repositoryLink ? path : this.#unchanged(path) ?? path
  }

  async provide(paths: readonly string[]): Promise<void> {
    const files = new Set(paths.flatMap((path) => [...this.#tree.filesOf(this.#nameOf(path))]))
    await this.#checkOut([...files])
  }

  #checkOut(files: readonly string[]): Promise<void> {
    const missing = files.filter((file) => !this.#provided.has(file))
    for (const file of missing) this.#provided.add(file)
    this.#last = this.#last.then(async () => {
      for (const chunk of chunks(missing)) await runGit(this.folder, '--literal-pathspecs', '-c', 'checkout.workers=0', 'checkout', '--quiet', 'HEAD', '--', ...chunk)
    })
    return this.#last
  }

  #nameOf(path: string): string {
    return toPortable(path.slice(this.folder.length + 1))
  }
}

const repositoryLink = '.git'

function isAttributesFile(path: string): boolean {
  return path === '.gitattributes' || path.endsWith('/.gitattributes')
}

/** As much as every platform takes as arguments of a program. */
const maxCharacters = 24_000

function* chunks(files: readonly string[]): Generator<readonly string[]> {
  let chunk: string[] = []
  let size = 0
  for (const file of files) {
    if (chunk.length > 0 && size + file.length > maxCharacters) {
      yield chunk
      chunk = []
      size = 0
    }
    chunk.push(file)
    size += file.length + 3
  }
  if (chunk.length > 0) yield chunk
}

function toEntry(name: string, kind: 'file' | 'folder'): FolderEntry {
  return { name, isDirectory: () => kind === 'folder', isFile: () => kind === 'file', isSymbolicLink: () => false }
}
