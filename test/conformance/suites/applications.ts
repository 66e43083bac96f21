import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readPluginSource } from '../../../src/cmp/read-plugin-source.ts'
import { parseManifests } from '../../../src/manifest/index.ts'
import { createNamespaces } from '../../../src/pipeline/applications/create-namespaces.ts'
import { renderPaths, type Rendered } from '../../../src/pipeline/render-paths.ts'
import { SourceTexts } from '../../../src/pipeline/source-texts.ts'
import { renderTools } from '../../support/render-tools.ts'
import type { CaseResult, Suite } from '../suite.ts'

const repository = 'https://github.com/argoproj/argocd-example-apps'

/** What each Application of the repository comes to: resources rendered (counted in the real programs' output or in the files), or why not. */
const expected: Readonly<Record<string, number | string>> = {
  'blue-green': 3, guestbook: 2, 'helm-dependency': 'MISSING_DEPENDENCY', 'helm-guestbook': 2, 'helm-hooks': 5, 'jsonnet-guestbook': 2, 'jsonnet-guestbook-tla': 2,
  'kustomize-guestbook': 2, 'plugin-kasane': 'plugin kasane', 'plugin-kustomized-helm': 'plugin kustomized-helm', 'plugin-nix': 'plugin nix', 'pre-post-sync': 4, 'sock-shop': 29, 'sync-waves': 7,
}

/** A real app of apps as a repository: every Application is found in what its chart renders, and rendered with its own options or named as not renderable. */
export const applications: Suite = {
  name: 'applications',
  unavailable(corpus) {
    if (!existsSync(join(corpus, 'apps/argocd-example-apps'))) return 'apps/argocd-example-apps is not in the corpus'
    const missing = (['helm', 'kustomize', 'jsonnet'] as const).filter((name) => renderTools[name] === undefined)
    return missing.length > 0 ? `without ${missing.join(', ')}: run npm test first` : undefined
  },
  async * run(corpus) {
    const rendered = await renderPaths({
      cwd: join(corpus, 'apps/argocd-example-apps'), paths: ['.'], namespace: 'default', kubeVersion: '1.33.0', network: false, tools: renderTools, repositories: { [repository]: '.' },
      texts: new SourceTexts(), readPluginSource,
    })
    const found = rendered.applications.map(({ application }) => application.name).sort()
    yield { id: 'all Applications are found', ok: found.join() === Object.keys(expected).map((name) => `example.${name}`).sort().join(), detail: found.join(', ') }
    for (const [name, outcome] of Object.entries(expected)) yield judge(name, outcome, rendered)
    yield* compareWithRealPrograms(corpus, rendered)
    const loose = rendered.sources.filter(({ application }) => application === undefined).map(({ path }) => path)
    yield { id: 'nothing else is rendered but the chart that holds them', ok: loose.join() === 'apps', detail: loose.join(', ') }
    const namespaces = createNamespaces(rendered.applications.map(({ application }) => application)).length
    yield { id: 'each sync creates its Namespace', ok: namespaces === 14, detail: String(namespaces) }
  },
}

function judge(name: string, outcome: number | string, { sources, problems, notices, resources }: Rendered): CaseResult {
  const id = `Application ${name}`
  if (typeof outcome === 'number') {
    const count = sources.find(({ application }) => application === `example.${name}`)?.resourceCount
    const astray = resources.find(({ application, id: { namespace } }) => application === `example.${name}` && namespace !== undefined && namespace !== name)
    return { id, ok: count === outcome && astray === undefined, detail: `${count} resources instead of ${outcome}; outside of the namespace: ${astray?.id.name ?? 'none'}` }
  }
  const said = [...notices.filter((notice) => notice.includes(`example.${name}:`)), ...problems.filter(({ location }) => location?.file.startsWith(name) === true).map(({ code }) => code)]
  return { id, ok: said.some((words) => words.includes(outcome)), detail: said.join('; ') }
}

/** The charts and overlays: the same kinds and names, whatever the release is called. */
function* compareWithRealPrograms(corpus: string, { resources }: Rendered): Iterable<CaseResult> {
  for (const name of ['blue-green', 'helm-guestbook', 'kustomize-guestbook', 'sock-shop']) {
    const file = join(corpus, 'rendered', `argocd-example-apps-${name}.yaml`)
    if (!existsSync(file)) continue
    const kinds = (list: readonly { readonly id: { readonly kind: string } }[]): string => list.map(({ id }) => id.kind).sort().join()
    const [ours, theirs] = [kinds(resources.filter(({ application }) => application === `example.${name}`)), kinds(parseManifests(readFileSync(file, 'utf8'), file).resources)]
    yield { id: `kinds of ${name}`, ok: ours === theirs, detail: `${ours} instead of ${theirs}` }
  }
}
