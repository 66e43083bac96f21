import { describe, expect, test } from 'vitest'
import { renderSource, type RenderOptions } from '../../../src/render/index.ts'
import { renderTools } from '../../support/render-tools.ts'
import { writeTree } from '../../support/write-tree.ts'

const config = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`

async function render(files: Readonly<Record<string, string>>, options: RenderOptions = {}, path = '.') {
  const { type, resources, problems, filesRead } = await renderSource({ root: writeTree(files), path }, options, renderTools)
  return {
    type, filesRead, names: resources.map(({ id }) => id.name), places: resources.map(({ source }) => `${source?.file}:${source?.line}`),
    problems: problems.map(({ code, severity, location }) => `${severity} ${code} ${location?.file}:${location?.line}`),
  }
}

describe('plain folders', () => {
  test('lexical order, the folder alone, all extensions', async () => {
    expect(await render({ 'b.yaml': config('b'), 'a.yml': `# c\n---\n${config('a')}---\n${config('a2')}`, 'c.json': '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "c"}}', 'd.txt': config('d'), 'sub/e.yaml': config('e') })).toEqual({
      type: 'Directory', names: ['a', 'a2', 'b', 'c'], places: ['a.yml:3', 'a.yml:8', 'b.yaml:1', 'c.json:1'], filesRead: ['a.yml', 'b.yaml', 'c.json'], problems: [],
    })
  })

  test('recurse, exclude before include, hidden folders too', async () => {
    const files = { 'a.yaml': config('a'), '.h/b.yaml': config('b'), 'sub/c.yaml': config('c'), 'sub/d.yaml': config('d'), '.git/e.yaml': config('e') }
    expect((await render(files, { directory: { recurse: true } })).names).toEqual(['b', 'a', 'c', 'd'])
    expect((await render(files, { directory: { recurse: true, include: '{a,sub/*}.yaml', exclude: '*d.yaml' } })).names).toEqual(['a', 'c'])
    expect((await render({ ...files, 'x.tmpl': config('x') }, { directory: { disableExtensionFilter: true } })).names).toEqual(['a', 'x'])
  })

  test('files that are none of Kubernetes are passed over, broken manifests are not', async () => {
    const { names, problems } = await render({
      'a.yaml': config('a'), 'values.yaml': 'replicas: 1\n', 'notes.yaml': 'a: b: c\n', 'broken.yaml': `${config('x')}bad: [\n`, 'mixed.yaml': `${config('m')}---\nreplicas: 1\n`,
      'package.json': '{"name": "x"}', 'list.json': '[]', 'two.json': '{"kind": "Pod"}\n{"kind": "Pod"}', 'bad.json': '{"kind": ', 'skip.yaml': `# +argocd:skip-file-rendering\n${config('s')}`,
    })
    expect(names).toEqual(['a', 'm'])
    expect(problems).toEqual([
      'error INVALID_JSON bad.json:1', 'error INVALID_YAML broken.yaml:6', 'error INVALID_JSON list.json:1', 'error NOT_A_RESOURCE mixed.yaml:6', 'error INVALID_JSON two.json:1',
    ])
  })

  test('links lead inside the repository only', async () => {
    const outside = writeTree({ 'secret.yaml': config('secret') })
    expect(await render({ 'shared/a.yaml': config('a'), 'app/link.yaml': 'link:../shared/a.yaml', 'app/gone.yaml': 'link:nowhere.yaml' }, {}, 'app')).toMatchObject({ names: ['a'], problems: ['warning MISSING_FILE app/gone.yaml:1'] })
    expect(await render({ 'app/link.yaml': `link:${outside}/secret.yaml` }, {}, 'app')).toMatchObject({ names: [], problems: ['error OUTSIDE_REPOSITORY app/link.yaml:1'] })
    expect(await render({ 'app/x.yaml': config('x') }, {}, '../..')).toMatchObject({ names: [], problems: ['error OUTSIDE_REPOSITORY ../..:1'] })
    expect(await render({ app: `link:${outside}` }, {}, 'app')).toMatchObject({ names: [], problems: ['error OUTSIDE_REPOSITORY app:1'] })
  })

  test('nothing is quietly green', async () => {
    expect((await render({ 'empty/': '' }, {}, 'empty')).problems).toEqual(['error NO_RESOURCES empty:1'])
    expect((await render({}, {}, 'nowhere')).problems).toEqual(['error SOURCE_NOT_FOUND nowhere:1'])
    expect((await render({ 'a.yaml': config('a') }, { directory: { include: 'b*' } })).problems).toEqual(['error NO_RESOURCES .:1'])
  })

  test('an alias bomb and absurd nesting are refused', async () => {
    const bomb = `${config('a')}data:\n  a0: &a0 [x, x]\n${Array.from({ length: 40 }, (_, level) => `  a${level + 1}: &a${level + 1} [*a${level}, *a${level}]\n`).join('')}`
    const { problems } = await render({ 'bomb.yaml': bomb, 'deep.yaml': `${config('d')}data: ${'['.repeat(100_000)}\n` })
    expect(problems).toEqual(['error LIMIT_EXCEEDED bomb.yaml:15', 'error LIMIT_EXCEEDED deep.yaml:5'])
  })

  test('.argocd-source.yaml changes the options', async () => {
    expect((await render({ 'a.yaml': config('a'), 'sub/b.yaml': config('b'), '.argocd-source.yaml': 'directory: {recurse: true, exclude: ".argocd*"}' }, { directory: { exclude: 'a*' } })).names).toEqual(['a', 'b'])
    expect((await render({ 'a.yaml': config('a'), '.argocd-source-shop.yaml': 'directory: {include: none}' }, { appName: 'shop' })).problems).toEqual(['error NO_RESOURCES .:1'])
    expect((await render({ 'a.yaml': config('a'), '.argocd-source.yaml': 'plugin: {name: other}' })).problems).toEqual(['error UNSUPPORTED_SOURCE .:1'])
  })

  test('options for two types are an error', async () => {
    expect((await render({ 'a.yaml': config('a') }, { helm: {}, directory: {} })).problems).toEqual(['error INVALID_SOURCE .:1'])
  })
})

describe.skipIf(renderTools.jsonnet === undefined)('Jsonnet', () => {
  const main = 'function(name="x", count=0) [{apiVersion: "v1", kind: "ConfigMap", metadata: {name: name + "-" + std.extVar("e")}, data: {n: std.toString(count), lib: (import "lib.libsonnet").text}}]'

  test('arguments, variables and libraries', async () => {
    const result = await render({ 'app/m.jsonnet': main, 'lib/lib.libsonnet': '{text: "l"}' }, {
      buildEnvironment: { ARGOCD_APP_NAME: 'shop' },
      directory: { jsonnet: { libs: ['lib'], tlas: [{ name: 'name', value: '$ARGOCD_APP_NAME' }, { name: 'count', value: '1 + 1', code: true }], extVars: [{ name: 'e', value: 'v' }] } },
    }, 'app')
    expect(result).toMatchObject({ names: ['shop-v'], places: ['app/m.jsonnet:1'], filesRead: ['app/m.jsonnet', 'lib/lib.libsonnet'], problems: [] })
  })

  test('an error has its place; imports stay in the repository', async () => {
    expect((await render({ 'm.jsonnet': '{\n  a: error "no"\n}' })).problems).toEqual(['error RENDER_FAILED m.jsonnet:2'])
    expect((await render({ 'm.jsonnet': 'function(x) {a: x}' }, { directory: { jsonnet: { tlas: [{ name: 'x', value: 'importstr "/etc/hostname"', code: true }] } } })).problems).toEqual(['error OUTSIDE_REPOSITORY m.jsonnet:1'])
    for (const path of ['/etc/hostname', '../../../../../../etc/hostname']) expect((await render({ 'm.jsonnet': `{a: importstr '${path}'}` })).problems).toEqual(['error OUTSIDE_REPOSITORY m.jsonnet:1'])
  })
})
