import { parseManifests } from '../manifest/index.ts'
import type { Resource, ResourceId } from '../model/resource.ts'
import { oncePerFile, readOnce, type RenderRun } from './render-run.ts'

const remembered = oncePerFile<readonly Resource[]>()

/** Finds the manifest in a source that a rendered resource started as. */
export class BaseIndex {
  readonly #byKind = new Map<string, Resource[]>()
  readonly #run: RenderRun | undefined

  constructor(run?: RenderRun) {
    this.#run = run
  }

  /** Adds the resources of a file; a file that holds none adds nothing. */
  add(path: string, shown: string): void {
    if (!/\.(?:ya?ml|json)$/.test(path)) return
    this.addResources(remembered(this.#run, path, () => parseManifests(readOnce(path, this.#run), shown).resources, shown))
  }

  addResources(resources: readonly Resource[]): void {
    for (const resource of resources) {
      const key = kindKey(resource.id)
      const list = this.#byKind.get(key)
      if (list === undefined) this.#byKind.set(key, [resource])
      else list.push(resource)
    }
  }

  /** The manifest of the same kind and name; else the one whose name is most of the rendered name, which may have a prefix, suffix or hash. */
  find(id: ResourceId): Resource | undefined {
    const candidates = this.#byKind.get(kindKey(id)) ?? []
    const same = candidates.filter((candidate) => candidate.id.name === id.name)
    const [exact = same[0]] = same.filter((candidate) => candidate.id.namespace === id.namespace)
    if (exact !== undefined) return exact
    return candidates.filter((candidate) => candidate.id.name !== '' && id.name.includes(candidate.id.name))
      .sort((left, right) => right.id.name.length - left.id.name.length)[0]
  }
}

function kindKey({ group, kind }: ResourceId): string {
  return `${group}/${kind}`
}
