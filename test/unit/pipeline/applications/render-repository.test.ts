import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { renderPaths, type RenderPathsOptions } from '../../../../src/pipeline/render-paths.ts'
import { SourceTexts } from '../../../../src/pipeline/source-texts.ts'

const work = realpathSync(mkdtempSync(join(tmpdir(), 'presync-repository-')))
afterAll(() => rmSync(work, { recursive: true, force: true }))

const url = 'https://git.example.com/a/b'
const clone = { '.git/HEAD': 'ref: refs/heads/main\n', '.git/config': `[remote "origin"]\n\turl = ${url}\n` }
const configMap = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`
const application = (name: string, path: string, more = '', cluster = 'https://kubernetes.default.svc'): string =>
  `---\napiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}}\nspec: {project: default, destination: {server: ${cluster}, namespace: ns-${name}}, source: {repoURL: ${url}, path: ${path}${more}}}\n`

async function render(files: Readonly<Record<string, string>>, options: Partial<RenderPathsOptions> = {}) {
  const cwd = mkdtempSync(join(work, 'case-'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true })
    writeFileSync(join(cwd, path), text)
  }
  const rendered = await renderPaths({ cwd, paths: ['.'], namespace: 'default', network: false, tools: {}, texts: new SourceTexts(), ...options })
  const configMaps = rendered.resources.filter(({ id }) => id.kind === 'ConfigMap').map(({ id, application: by = '-' }) => `${by} ${id.namespace ?? ''}/${id.name}`).sort()
  return { ...rendered, configMaps, names: rendered.applications.map(({ application: { name } }) => name).sort() }
}

describe('which sources are rendered for whom', () => {
  test('what no Application covers is rendered as it was found', async () => {
    const { configMaps, problems } = await render({ ...clone, 'argo/a.yaml': application('a', 'a'), 'a/c.yaml': configMap('c'), 'loose/c.yaml': configMap('l') })
    expect(problems).toEqual([])
    expect(configMaps).toEqual(['- /l', 'a ns-a/c'])
  })

  test('a root that lies in the folder it names', async () => {
    const { configMaps, names, sources } = await render({ ...clone, 'apps/root.yaml': application('root', 'apps'), 'apps/a.yaml': application('a', 'a'), 'a/c.yaml': configMap('c') })
    expect(names).toEqual(['a', 'root'])
    expect(configMaps).toEqual(['a ns-a/c'])
    expect(sources.map(({ path, application: by }) => `${path} ${by ?? ''}`)).toEqual(['a a', 'apps root'])
  })

  test('Applications that name each other in a circle', async () => {
    const { names, problems } = await render({ ...clone, 'one/to-two.yaml': application('two', 'two'), 'two/to-one.yaml': application('one', 'one') })
    expect(problems).toEqual([])
    expect(names).toEqual(['one', 'two'])
  })

  test('three levels deep', async () => {
    const files = { 'one/two.yaml': application('two', 'two'), 'two/three.yaml': application('three', 'three'), 'three/four.yaml': application('four', 'four'), 'four/c.yaml': configMap('c') }
    expect((await render({ ...clone, ...files }, { paths: ['one'] })).configMaps).toEqual(['four ns-four/c'])
  })

  test('recurse takes folders in that would be sources of their own', async () => {
    const { configMaps, sources } = await render({ ...clone, 'argo/a.yaml': application('a', 'a', ', directory: {recurse: true}'), 'a/c.yaml': configMap('c'), 'a/deep/d.yaml': configMap('d') })
    expect(configMaps).toEqual(['a ns-a/c', 'a ns-a/d'])
    expect(sources.map(({ path }) => path)).toEqual(['a', 'argo'])
  })

  test('one folder for two namespaces; the same for two clusters counts once', async () => {
    const files = { 'argo/a.yaml': application('a', 'base') + application('b', 'base'), 'base/c.yaml': configMap('c') }
    expect((await render({ ...clone, ...files })).configMaps).toEqual(['a ns-a/c', 'b ns-b/c'])
    const twice = { 'argo/a.yaml': `${application('eu', 'base', '', 'https://eu').replace('ns-eu', 'shop')}${application('us', 'base', '', 'https://us').replace('ns-us', 'shop')}`, 'base/c.yaml': configMap('c') }
    const { configMaps, sources } = await render({ ...clone, ...twice })
    expect(configMaps).toEqual(['eu shop/c'])
    expect(sources.filter(({ path }) => path === 'base').map(({ application: by, resourceCount }) => `${by ?? ''} ${resourceCount}`)).toEqual(['eu 1', 'us 1'])
  })

  test("another plugin's folder is left alone", async () => {
    const { configMaps, notices } = await render({ ...clone, 'argo/a.yaml': application('a', 'a', ', plugin: {name: other}'), 'a/c.yaml': configMap('c') })
    expect(configMaps).toEqual([])
    expect(notices.join()).toContain('the config management plugin other is needed')
  })

  test('several sources, values of another one, a hydrator', async () => {
    const several = `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: s}
spec:
  destination: {namespace: s}
  sources:
    - {repoURL: ${url}, path: a}
    - {repoURL: ${url}, path: b}
    - {repoURL: https://other.example.com/x, ref: values}
`
    const hydrated = `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: h}\nspec: {destination: {namespace: h}, sourceHydrator: {drySource: {repoURL: ${url}, path: c, targetRevision: HEAD}, syncSource: {targetBranch: env, path: c}}}\n`
    const { configMaps, problems } = await render({ ...clone, 'argo/s.yaml': several, 'argo/h.yaml': hydrated, 'a/x.yaml': configMap('a'), 'b/x.yaml': configMap('b'), 'c/x.yaml': configMap('c') })
    expect(problems).toEqual([])
    expect(configMaps).toEqual(['h h/c', 's s/a', 's s/b'])
  })

  test('a tree without a remote is taken for the repository whose folders it has', async () => {
    const { configMaps, notices } = await render({ 'argo/a.yaml': application('a', 'a'), 'a/c.yaml': configMap('c') })
    expect(configMaps).toEqual(['a ns-a/c'])
    expect(notices).toEqual([expect.stringContaining('has no git remote')])
  })

  test('a path that leads out of the repository', async () => {
    const { problems, configMaps } = await render({ ...clone, 'argo/a.yaml': application('a', '../../..'), 'a/c.yaml': configMap('c') })
    expect(problems).toMatchObject([{ code: 'OUTSIDE_REPOSITORY' }])
    expect(configMaps).toEqual(['- /c'])
  })

  test('one Application of several, by name or with its namespace', async () => {
    const files = { ...clone, 'argo/a.yaml': application('a', 'a') + application('b', 'b'), 'a/c.yaml': configMap('a'), 'b/c.yaml': configMap('b') }
    expect((await render(files, { applications: ['b'] })).configMaps).toEqual(['b ns-b/b'])
    expect((await render(files, { applications: ['nobody'] })).problems).toMatchObject([{ code: 'NOT_FOUND' }])
  })
})
