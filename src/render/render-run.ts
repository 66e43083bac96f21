import { readTextFile } from '../io/files.ts'
import { makeTemporaryFolder, type TemporaryFolder } from '../io/temporary-folder.ts'

/** What the renderings of one run share: what was read for them, and a home for programs that keep nothing in it. Files are taken not to change meanwhile. */
export class RenderRun {
  #home: Promise<TemporaryFolder> | undefined

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
export async function withRenderRun<T>(use: (run: RenderRun) => Promise<T>): Promise<T> {
  const run = new RenderRun()
  try {
    return await use(run)
  } finally {
    await run.end()
  }
}

/** Remembers one kind of thing by key, as long as its run; without a run, and where making it fails, nothing is remembered. */
export function oncePerRun<Value>(): (run: RenderRun | undefined, key: string, make: () => Value) => Value {
  const runs = new WeakMap<RenderRun, Map<string, Value>>()
  return (run, key, make) => {
    if (run === undefined) return make()
    let known = runs.get(run)
    if (known === undefined) runs.set(run, known = new Map<string, Value>())
    const value = known.get(key) ?? make()
    known.set(key, value)
    return value
  }
}

const texts = oncePerRun<string>()

/** Reads a text file, once a run: discovering, judging and rendering all look at it. */
export function readOnce(path: string, run: RenderRun | undefined): string {
  return texts(run, path, () => readTextFile(path))
}
