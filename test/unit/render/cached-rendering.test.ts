import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { renderSource, type RenderOptions, type RenderTools } from '../../../src/render/index.ts'
import { writeProgram } from '../../support/write-program.ts'
import { writeTree } from '../../support/write-tree.ts'

let root: string
let outside: string
let tools: RenderTools

const map = (value: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\ndata: {value: "${value}"}\n`

/** Programs that print one file of their source and note that they ran. */
beforeEach(() => {
  root = writeTree({
    'overlay/kustomization.yaml': 'resources: [../base, map.yaml]\n', 'overlay/map.yaml': map('overlay'), 'base/kustomization.yaml': 'resources: [deep/map.yaml]\n', 'base/deep/map.yaml': map('base'),
    'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\ndependencies: [{name: lib, version: 1.0.0, repository: file://../lib}]\n', 'chart/templates/map.yaml': map('chart'),
    'chart/values.yaml': 'a: 1\n', 'values/more.yaml': 'b: 1\n', 'values/file.txt': 'text', 'lib/Chart.yaml': 'apiVersion: v2\nname: lib\nversion: 1.0.0\n',
  })
  outside = writeTree({ 'cache/': '' })
  const script = (file: string) => `#!/bin/sh\necho run >> "${outside}/runs"\ncase "$1" in build) cat "$2/map.yaml";; template) cat ${file};; esac\n`
  writeProgram(join(outside, 'kustomize'), script(''))
  writeProgram(join(outside, 'helm'), script('templates/map.yaml'))
  tools = { kustomize: join(outside, 'kustomize'), helm: join(outside, 'helm'), cache: join(outside, 'cache') }
})

const runs = (): number => (existsSync(join(outside, 'runs')) ? readFileSync(join(outside, 'runs'), 'utf8').split('\n').length - 1 : 0)
const render = (path: string, options: RenderOptions = {}, at = root) => renderSource({ root: at, path }, options, tools)
const entries = () => readdirSync(join(outside, 'cache'), { recursive: true, encoding: 'utf8' }).filter((name) => name.startsWith('renderings') && statSync(join(outside, 'cache', name)).isFile())

async function ranAgain(path: string, options: RenderOptions, change: () => RenderOptions | undefined): Promise<boolean> {
  const first = await render(path, options)
  expect(first.problems).toEqual([])
  const before = runs()
  const second = await render(path, options)
  expect(runs(), 'the same inputs').toBe(before)
  expect(second.resources.map(({ object }) => object)).toEqual(first.resources.map(({ object }) => object))
  expect(second.filesRead).toEqual(first.filesRead)
  await render(path, change() ?? options)
  return runs() > before
}

const write = (path: string, text: string) => (): undefined => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const helmOptions: RenderOptions = { appName: 'app', helm: { valueFiles: ['/values/more.yaml'], fileParameters: [{ name: 'f', path: '/values/file.txt' }] } }
const withHelm = (helm: RenderOptions['helm']): RenderOptions => ({ ...helmOptions, helm: { ...helmOptions.helm, ...helm } })

describe('a rendering is made again when one of its inputs changes', () => {
  test.each<[string, string, RenderOptions, () => RenderOptions | undefined]>([
    ['a resource', 'overlay', {}, write('overlay/map.yaml', map('new'))],
    ['the kustomization', 'overlay', {}, write('overlay/kustomization.yaml', 'resources: [../base, map.yaml]\nnamePrefix: x-\n')],
    ['a file of a base', 'overlay', {}, write('base/deep/map.yaml', map('new'))],
    ['a new file beside a base', 'overlay', {}, write('base/deep/other.yaml', map('new'))],
    ['the namespace', 'overlay', { namespace: 'a' }, () => ({ namespace: 'b' })],
    ['an option of kustomize', 'overlay', {}, () => ({ kustomize: { namePrefix: 'x-' } })],
    ['a variable of the build', 'overlay', { buildEnvironment: { ARGOCD_APP_NAME: 'a' } }, () => ({ buildEnvironment: { ARGOCD_APP_NAME: 'b' } })],
    ['the program', 'overlay', {}, () => { const copy = join(outside, 'kustomize-2'); writeProgram(copy, `${readFileSync(tools.kustomize as string, 'utf8')}# newer\n`); tools = { ...tools, kustomize: copy }; return undefined }],
    ['a template', 'chart', helmOptions, write('chart/templates/map.yaml', map('new'))],
    ['a new template', 'chart', helmOptions, write('chart/templates/new.yaml', map('new'))],
    ["the chart's values", 'chart', helmOptions, write('chart/values.yaml', 'a: 2\n')],
    ['a file of values elsewhere', 'chart', helmOptions, write('values/more.yaml', 'b: 2\n')],
    ['a file that a parameter names', 'chart', helmOptions, write('values/file.txt', 'other')],
    ['a chart that it depends on', 'chart', helmOptions, write('lib/templates/_x.tpl', 'x')],
    ['values of the Application', 'chart', withHelm({ values: 'a: 1' }), () => withHelm({ values: 'a: 2' })],
    ['values of the Application as an object', 'chart', withHelm({ valuesObject: { a: 1 } }), () => withHelm({ valuesObject: { a: 2 } })],
    ['a parameter', 'chart', helmOptions, () => withHelm({ parameters: [{ name: 'a', value: '1' }] })],
    ['the release', 'chart', helmOptions, () => ({ ...helmOptions, appName: 'other' })],
    ['the version of Kubernetes', 'chart', { ...helmOptions, kubeVersion: '1.30' }, () => ({ ...helmOptions, kubeVersion: '1.31' })],
    ['API versions', 'chart', helmOptions, () => ({ ...helmOptions, apiVersions: ['a/v1/B'] })],
  ])('%s', async (_, path, options, change) => {
    expect(await ranAgain(path, options, change)).toBe(true)
  })
})

test('what does not take part does not matter, and another checkout shares', async () => {
  expect(await ranAgain('overlay', {}, write('README.md', '# new'))).toBe(false)
  const copy = writeTree(Object.fromEntries(['overlay/kustomization.yaml', 'overlay/map.yaml', 'base/kustomization.yaml', 'base/deep/map.yaml'].map((path) => [path, readFileSync(join(root, path), 'utf8')])))
  const before = runs()
  expect((await render('overlay', {}, copy)).resources).toHaveLength(1)
  expect(runs()).toBe(before)
})

test('with the network, with links to folders, and without a cache nothing is kept', async () => {
  await render('overlay', { network: true })
  symlinkSync('../values', join(root, 'overlay/link'))
  await render('overlay')
  tools = { kustomize: tools.kustomize as string }
  await render('overlay')
  expect(entries()).toEqual([])
})

test('runs at the same time do not disturb each other, broken entries are passed over, and only the user can read', async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => render('overlay')))
  for (const { resources } of all) expect(resources[0]?.object).toMatchObject({ data: { value: 'overlay' } })
  const [entry, ...more] = entries().map((name) => join(outside, 'cache', name))
  expect(more).toEqual([])
  expect(statSync(entry as string).mode & 0o077).toBe(0)
  const before = runs()
  appendFileSync(entry as string, 'data: cut')
  expect((await render('overlay')).resources[0]?.object).toMatchObject({ data: { value: 'overlay' } })
  expect(runs()).toBe(before + 1)
})

test('a failure is not kept', async () => {
  writeProgram(tools.kustomize as string, `#!/bin/sh\necho run >> "${outside}/runs"\nexit 1\n`)
  for (const expected of [1, 2]) {
    expect((await render('overlay')).problems).toMatchObject([{ code: 'RENDER_FAILED' }])
    expect(runs()).toBe(expected)
  }
})
