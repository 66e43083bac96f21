import { resolve } from 'node:path'
import { readTextFile, realPath } from '../io/files.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../io/temporary-folder.ts'

/** Another run, and which of its files has the very content of one of this run's. */
export interface RunTwin {
  readonly run: RenderRun
  pathOf(path: string): string | undefined
}

/** What the renderings of one run share: what was read for them, and a home for programs that keep nothing in it. Files are taken not to change meanwhile. */
export class RenderRun {
  readonly twin: RunTwin | undefined
  #home: Promise<TemporaryFolder> | undefined

  constructor(twin?: RunTwin) {
    this.twin = twin
  }

  /** A folder that is there until the run ends; made when it is first asked for. */
  async home(): Promise<string> {
    this.#home ??= makeTemporaryFolder()
    return (await this.#home).path
  }

  async end(): Promise<void> {
    await (await this.#home)?.remove()
  }
}

/** Calls `use` with a run, and ends that afterwards. */
export async function withRenderRun<T>(use: (run: RenderRun) => Promise<T>, twin?: RunTwin): Promise<T> {
  const run = new RenderRun(twin)
  try {
    return await use(run)
  } finally {
    await run.end()
  }
}

/** Remembers one kind of thing by key, as long as its run; without a run, and where making it fails, nothing is remembered. */
export function oncePerRun<Value>(): (run: RenderRun | undefined, key: string, make: () => Value) => Value {
  const runs = createTables<Value>()
  return (run, key, make) => (run === undefined ? make() : remember(runs.of(run), key, make))
}

/** The same for what follows from the content of a file alone, so that a twin may know it already. `aspect` tells apart what follows from one file. */
export function oncePerFile<Value>(): (run: RenderRun | undefined, path: string, make: () => Value, aspect?: string) => Value {
  const runs = createTables<Value>()
  return (run, path, make, aspect = '') => {
    if (run === undefined) return make()
    const { twin } = run
    const same = twin?.pathOf(path)
    const known = twin === undefined || same === undefined ? undefined : runs.of(twin.run).get(`${same}\n${aspect}`)
    return known ?? remember(runs.of(run), `${path}\n${aspect}`, make)
  }
}

function createTables<Value>(): { of(run: RenderRun): Map<string, Value> } {
  const tables = new WeakMap<RenderRun, Map<string, Value>>()
  return {
    of: (run) => {
      const known = tables.get(run) ?? new Map<string, Value>()
      tables.set(run, known)
      return known
    },
  }
}

function remember<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make()
  known.set(key, value)
  return value
}

const texts = oncePerFile<string>()

/** Reads a text file, once a run: discovering, judging and rendering all look at it. */
export function readOnce(path: string, run: RenderRun | undefined): string {
  return texts(run, path, () => readTextFile(path))
}

const roots = oncePerRun<string>()

/** The real path of a repository, in which hundreds of sources lie. */
export function realRootOf(root: string, run: RenderRun | undefined): string {
  return roots(run, root, () => realPath(resolve(root)))
}
