import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { compareWithMain, git, makeFolder, makeRepository, removeFolders, run, write, type Files } from '../../support/change-repository.ts'
import { renderTools } from '../../support/render-tools.ts'

// The base is put together from the working tree and from what git checks out. Each case is held against a whole checkout, down to the rendered text.

afterAll(removeFolders)

const pod = (name: string, image: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop}\nspec:\n  containers:\n  - name: app\n    image: ${image}\n`
const [ours, theirs] = ['ours.example/a:1', 'theirs.example/a:1']
const policy = (image: string) => `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: registries}\nspec:\n  validationFailureAction: Enforce\n  rules:\n  - name: allowed
    match: {any: [{resources: {kinds: [Pod]}}]}\n    validate: {message: refused, pattern: {spec: {containers: [{image: "${image}"}]}}}\n`
const application = (name: string, source: string) => `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}, namespace: argocd}\nspec:
  project: default\n  source: {repoURL: https://git.example.com/x.git, targetRevision: HEAD, ${source}}\n  destination: {server: https://kubernetes.default.svc, namespace: shop}\n`
const values = (text: string) => `apiVersion: cli.kyverno.io/v1alpha1\nkind: Values\nglobalValues: {text: ${text}}\n`
const chart = (name: string, more = '') => `apiVersion: v2\nname: ${name}\nversion: 1.0.0\n${more}`
const template = (name: string) => pod(name, '{{ .Values.image }}')

const common: Files = {
  'policies/p.yaml': policy('ours.example/*'), 'apps/bad/pod.yaml': pod('bad', theirs), 'apps/good/pod.yaml': pod('good', ours),
  'base/kustomization.yaml': 'resources: [pod.yaml]\n', 'base/pod.yaml': pod('x', theirs), 'overlays/a/kustomization.yaml': 'resources: [../../base]\nnamePrefix: a-\n',
  'overlays/b/kustomization.yaml': 'resources: [../../base]\nnamePrefix: b-\n',
}
const generated: Files = { 'apps/made/kustomization.yaml': 'configMapGenerator: [{name: made, files: [one.txt, two.txt]}]\n', 'apps/made/one.txt': 'one\nVERSION\n', 'apps/made/two.txt': 'two\n' }
const shopChart: Files = {
  'charts/shop/Chart.yaml': chart('shop', 'dependencies: [{name: part, version: 1.0.0, repository: "file://../part"}]\n'), 'charts/shop/templates/pod.yaml': template('shop'), 'charts/shop/values.yaml': `image: ${ours}\n`,
  'charts/part/Chart.yaml': chart('part'), 'charts/part/templates/pod.yaml': template('part'), 'charts/part/values.yaml': `image: ${theirs}\n`,
  'values/shop.yaml': `image: ${ours}\npart: {image: ${ours}}\n`,
  'argocd/shop.yaml': application('shop', 'path: charts/shop, helm: {valueFiles: [../../values/shop.yaml]}'),
}

interface Case {
  readonly main?: Files
  readonly change?: Files
  readonly dirty?: Files
  readonly fresh?: readonly string[]
  readonly fixed?: readonly string[]
  readonly args?: readonly string[]
  /** Settings of git, made before the first commit. */
  readonly settings?: readonly (readonly [key: string, value: string])[]
  /** Done to the working tree at the end. */
  readonly atLast?: (root: string) => void
}

const cases: Readonly<Record<string, Case>> = {
  'a file beside others': { change: { 'apps/good/pod.yaml': pod('good', theirs) }, fresh: ['good'] },
  'an overlay of a base that stays': { change: { 'overlays/a/kustomization.yaml': 'resources: [../../base]\nnamePrefix: other-\n' }, fresh: ['other-x'], fixed: ['a-x'] },
  'a base': { change: { 'base/pod.yaml': pod('x', ours) }, fixed: ['a-x', 'b-x'] },
  'a base that goes': { main: { 'overlays/c/kustomization.yaml': 'resources: [base]\n', 'overlays/c/base/kustomization.yaml': 'resources: [pod.yaml]\n', 'overlays/c/base/pod.yaml': pod('c', theirs) }, change: { 'overlays/c': null }, fixed: ['c'] },
  'a kustomization that goes, and its files stay': { main: { 'apps/bad/kustomization.yaml': 'namePrefix: k-\nresources: [pod.yaml]\n' }, change: { 'apps/bad/kustomization.yaml': null }, fresh: ['bad'], fixed: ['k-bad'] },
  'a base with another name of file': {
    main: { 'base/kustomization.yaml': null, 'base/kustomization.yml': 'resources: [pod.yaml]\n' }, change: { 'base/kustomization.yml': null, 'base/Kustomization': 'resources: [pod.yaml]\n', 'base/pod.yaml': pod('x', ours) }, fixed: ['a-x', 'b-x'],
  },
  'a folder with another name': { change: { 'apps/bad/pod.yaml': null, 'apps/Bad/pod.yaml': pod('bad', ours) }, fixed: ['bad'] },
  'a file in place of a folder': { main: { 'apps/good/x.yaml/pod.yaml': pod('deep', theirs) }, change: { 'apps/good/x.yaml/pod.yaml': null, 'apps/good/x.yaml': null, 'apps/good/z.yaml': pod('z', theirs) }, fresh: ['z'], fixed: ['deep'] },
  'a folder in place of a file': { main: { 'apps/good/x.yaml': pod('flat', theirs) }, change: { 'apps/good/x.yaml': null, 'apps/good/x.yaml/pod.yaml': pod('deep', theirs) }, fresh: ['deep'], fixed: ['flat'] },
  'names that mean something to git': { main: { 'apps/:(top)[a]*/pod.yaml': pod('odd', theirs), 'apps/ä ö/pod.yaml': pod('other', theirs) }, change: { 'apps/:(top)[a]*/pod.yaml': pod('odd', ours), 'apps/ä ö/pod.yaml': pod('other', ours) }, fixed: ['odd', 'other'] },
  'policies of the tree': { change: { 'policies/p.yaml': null, 'policies/other.yaml': policy('*') }, args: ['.'], fixed: ['a-x', 'b-x', 'bad'] },
  'a policy that goes': { main: { 'policies/q.yaml': policy('other.example/*').replace('registries', 'others') }, change: { 'policies/q.yaml': null }, fixed: ['a-x', 'b-x', 'bad', 'good'] },
  'values of policies': {
    main: { 'values.yaml': values('a') }, change: { 'values.yaml': values('b'), 'apps/good/pod.yaml': pod('good', theirs) }, args: ['.', '-p', 'policies', '--values-file', 'values.yaml'], fresh: ['good'],
  },
  'what is generated': { main: generated, change: { 'apps/made/one.txt': 'other\n' } },
  'what is generated, with line ends of its own': { main: { ...generated, '.gitattributes': '*.txt text eol=crlf\n' }, change: { 'apps/made/one.txt': 'other\r\n' } },
  'what is generated, with attributes of its folder': { main: { ...generated, 'apps/.gitattributes': 'two.txt text eol=crlf\n' }, change: { 'apps/made/one.txt': 'other\n' }, atLast: (root) => write(root, { 'apps/made/two.txt': 'two\r\n' }) },
  'what a filter writes': {
    main: { ...generated, '.gitattributes': '*.txt filter=version\n' }, settings: [['filter.version.smudge', 'sed s/VERSION/1.2.3/'], ['filter.version.clean', 'sed s/1.2.3/VERSION/']],
    change: { 'apps/made/two.txt': 'other\n' }, atLast: (root) => { git(root, 'checkout', '-q', 'main'); git(root, 'checkout', '-q', 'change') },
  },
  'attributes': { main: { ...generated, '.gitattributes': '*.md text\n' }, change: { '.gitattributes': '*.txt text eol=crlf\n' } },
  'the values of a chart': { main: shopChart, change: { 'values/shop.yaml': `image: ${theirs}\npart: {image: ${ours}}\n` }, fresh: ['shop'] },
  'a template of a chart': { main: shopChart, change: { 'charts/shop/templates/pod.yaml': template('renamed').replace('{{ .Values.image }}', theirs) }, fresh: ['renamed'] },
  'what a chart depends on': { main: shopChart, change: { 'charts/part/templates/more.yaml': pod('more-{{ .Release.Name }}', theirs) }, fresh: ['more-part', 'more-shop'] },
  'what Jsonnet imports': {
    main: { 'apps/js/pod.jsonnet': 'local image = import "../../lib/image.libsonnet"; {apiVersion: "v1", kind: "Pod", metadata: {name: "js", namespace: "shop"}, spec: {containers: [{name: "app", image: image}]}}\n', 'lib/image.libsonnet': `"${theirs}"\n` },
    change: { 'lib/image.libsonnet': `"${ours}"\n` }, fixed: ['js'],
  },
  'an ApplicationSet': {
    main: {
      'argocd/set.yaml': `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: set}\nspec:\n  generators: [{git: {repoURL: https://git.example.com/x.git, revision: HEAD, directories: [{path: "sets/*"}]}}]
  template:\n    metadata: {name: "{{path.basename}}"}\n    spec: {project: default, source: {repoURL: https://git.example.com/x.git, targetRevision: HEAD, path: "{{path}}"}, destination: {server: https://kubernetes.default.svc, namespace: shop}}\n`,
      'sets/one/pod.yaml': pod('one', theirs), 'sets/two/pod.yaml': pod('two', theirs),
    },
    change: { 'sets/one/pod.yaml': null, 'sets/three/pod.yaml': pod('three', theirs) }, fresh: ['three'], fixed: ['one'], args: ['.', '-p', 'policies'],
  },
  'links that stay': { main: { 'apps/good/linked.yaml': { link: '../../shared/pod.txt' }, 'shared/pod.txt': pod('linked', theirs) }, change: { 'apps/good/pod.yaml': pod('good', theirs) }, fresh: ['good'] },
  'what is deleted, added and ignored without a commit': {
    main: { 'apps/good/gone.yaml': pod('gone', theirs), '.gitignore': 'local.yaml\n' }, dirty: { 'apps/good/gone.yaml': null, 'apps/good/new.yaml': pod('new', theirs), 'apps/bad/local.yaml': pod('local', theirs) },
    fresh: ['local', 'new'], fixed: ['gone'],
  },
  'a sparse working tree': { change: { 'apps/good/pod.yaml': pod('good', theirs) }, atLast: (root) => git(root, 'sparse-checkout', 'set', 'apps/good', 'policies'), fresh: ['good'] },
}

const hasTools = renderTools.kustomize !== undefined && renderTools.helm !== undefined && renderTools.jsonnet !== undefined
const tools = Object.entries(renderTools).flatMap(([name, path]) => (typeof path === 'string' ? [`--${name}`, path] : []))

describe.skipIf(process.platform === 'win32' || !hasTools)('a base is what git would check out, where the change is', () => {
  test.each(Object.entries(cases))('%s', (_, { main = {}, change = {}, dirty = {}, fresh = [], fixed = [], args = ['.', '-p', 'policies'], settings = [], atLast }) => {
    const root = makeRepository({ ...common, ...main }, change, settings)
    write(root, dirty)
    atLast?.(root)
    const partial = compareWithMain(root, ...args, ...tools, '--show-diff')
    const whole = compareWithMain(root, ...args, ...tools, '--show-diff', '--full')
    expect([partial.groups[0], partial.groups[1], partial.groups[3], partial.status], partial.stderr).toEqual([fresh, fixed, [], fresh.length > 0 ? 1 : 0])
    expect([whole.groups[0], whole.groups[1], whole.groups[3], whole.status]).toEqual([fresh, fixed, [], partial.status])
    expect(partial.report.comparison.changes).toEqual(whole.report.comparison.changes)
    expect(run('git', ['worktree', 'list'], root).stdout.trim().split('\n')).toHaveLength(1)
  })
})

test.skipIf(process.platform === 'win32')('only what differs, and what a program reads, is checked out', () => {
  const root = makeRepository(common, { 'overlays/a/kustomization.yaml': 'resources: [../../base]\nnamePrefix: other-\n' })
  const [bin, calls] = [makeFolder(), makeFolder()]
  writeFileSync(join(bin, 'kustomize'), `#!/bin/sh\nfind . -type f | grep -v '^./.git/' | sort > $(mktemp ${calls}/XXXXXX)\ncat base/pod.yaml\n`, { mode: 0o755 })
  compareWithMain(root, '.', '-p', 'policies', '--kustomize', join(bin, 'kustomize'))
  const seen = readdirSync(calls).map((name) => readFileSync(join(calls, name), 'utf8').trim().split('\n'))
  expect(seen).toContainEqual(['./.git', './base/kustomization.yaml', './base/pod.yaml', './overlays/a/kustomization.yaml'])
})
