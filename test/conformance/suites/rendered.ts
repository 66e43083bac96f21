import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { isJsonArray, isJsonObject, type JsonValue } from '../../../src/model/json.ts'
import { parseManifests } from '../../../src/manifest/index.ts'
import { discoverSources, renderSource, type RenderSource } from '../../../src/render/index.ts'
import { goJsonText } from '../../../src/values/json-text.ts'
import { renderTools } from '../../support/render-tools.ts'
import type { CaseResult, Suite } from '../suite.ts'

/** What stands in the place of a value that is another one in every run (random names, passwords). */
const random = '(random)'

/** Real applications rendered by us and by the real programs, compared as sets of objects; and a whole repository without an error. */
export const rendered: Suite = {
  name: 'rendered',
  unavailable(corpus) {
    if (!existsSync(join(corpus, 'rendered'))) return 'rendered/ is not in the corpus'
    const missing = (['helm', 'kustomize', 'jsonnet'] as const).filter((name) => renderTools[name] === undefined)
    return missing.length > 0 ? `without ${missing.join(', ')}: run npm test first` : undefined
  },
  async * run(corpus) {
    const root = join(corpus, 'apps')
    for (const path of foldersOf(root)) {
      const file = join(corpus, 'rendered', `${path.replaceAll('/', '-')}.yaml`)
      if (existsSync(file)) yield await compareRendering(path, readFileSync(file, 'utf8'), () => renderWith({ root, path }))
    }
    const repository = join(root, 'argocd-example-apps')
    for (const source of discoverSources(repository).sources) {
      const { problems } = await renderSource(source, options, renderTools)
      const errors = problems.filter(({ severity }) => severity === 'error')
      yield { id: `repository ${source.path}`, ok: errors.length === 0, detail: errors[0]?.message ?? '' }
    }
  },
}

/** As the corpus was made. */
const options = { appName: 'app', namespace: 'default', kubeVersion: '1.33.0' }

/** Every folder below a root. */
export function* foldersOf(root: string, prefix = ''): Generator<string> {
  for (const entry of readdirSync(join(root, prefix), { withFileTypes: true })) {
    if (!entry.isDirectory()) continue
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    yield path
    yield* foldersOf(root, path)
  }
}

/** Objects, or why there are none. */
export interface Rendering {
  readonly objects: readonly JsonValue[]
  readonly error?: string
}

async function renderWith(source: RenderSource): Promise<Rendering> {
  const { resources, problems } = await renderSource(source, options, renderTools)
  const error = problems.find(({ severity }) => severity === 'error')
  return { objects: resources.map(({ object }) => object), ...(error === undefined ? {} : { error: error.message }) }
}

/** Holds a rendering against recorded manifests; rendered twice to see what is random in it. */
export async function compareRendering(path: string, text: string, render: () => Promise<Rendering>): Promise<CaseResult> {
  const [first, second] = [await render(), await render()]
  if (first.error !== undefined) return { id: path, ok: false, detail: first.error }
  const expected = parseManifests(text, path).resources
  const ours: string[] = []
  const theirs: string[] = []
  for (const [index, object] of first.objects.entries()) {
    const again = second.objects[index] ?? null
    ours.push(goJsonText(mask(object, object, again)))
    theirs.push(goJsonText(mask(expected[index]?.object ?? null, object, again)))
  }
  const missing = theirs.filter((object) => !ours.includes(object))
  const ok = missing.length === 0 && expected.length === first.objects.length
  return { id: path, ok, detail: `${first.objects.length} objects instead of ${expected.length}; not among ours: ${missing[0]?.slice(0, 200) ?? 'none'}` }
}

/** Blanks out what differs between two runs of ours. */
function mask(value: JsonValue, one: JsonValue, other: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map((item, index) => mask(item, isJsonArray(one) ? one[index] ?? null : null, isJsonArray(other) ? other[index] ?? null : null))
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, mask(field, isJsonObject(one) ? one[key] ?? null : null, isJsonObject(other) ? other[key] ?? null : null)]))
  return one === other ? value : random
}
