import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderSource, type RenderOptions } from '../../../src/render/index.ts'
import { renderTools } from '../../support/render-tools.ts'
import { writeTree } from '../../support/write-tree.ts'

const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: web
        image: registry.example/web:1
`
const base = { 'base/web.yaml': deployment, 'base/kustomization.yaml': 'resources: [web.yaml]\nconfigMapGenerator:\n- name: settings\n  literals: [a=b]\n' }
const overlay = { ...base, 'prod/kustomization.yaml': 'namePrefix: prod-\nresources: [../base]\n' }

async function render(files: Readonly<Record<string, string>>, path: string, options: RenderOptions = {}) {
  const root = writeTree(files)
  const result = await renderSource({ root, path }, options, renderTools)
  return { ...result, root, shown: result.problems.map(({ code, severity, location }) => `${severity} ${code} ${location?.file}:${location?.line}:${location?.column}`) }
}

describe('kustomizations that are refused before anything runs', () => {
  const cases: readonly (readonly [what: string, files: Readonly<Record<string, string>>, problem: string])[] = [
    ['leads out of the repository', { 'app/kustomization.yaml': 'resources:\n- ../../../../../../../../tmp\n' }, 'error OUTSIDE_REPOSITORY app/kustomization.yaml:2:3'],
    ['a link out of the repository', { 'app/kustomization.yaml': 'resources: [link]\n', 'app/link': 'link:/tmp' }, 'error OUTSIDE_REPOSITORY app/kustomization.yaml:1:13'],
    ['a remote repository', { 'app/kustomization.yaml': 'resources:\n- github.com/example/base?ref=v1\n' }, 'error REMOTE_SOURCE app/kustomization.yaml:2:3'],
    ['a remote file', { 'app/kustomization.yaml': 'resources:\n- https://example.com/x.yaml\n' }, 'error REMOTE_SOURCE app/kustomization.yaml:2:3'],
    ['a remote base of a base', { 'app/kustomization.yaml': 'resources: [../base]\n', 'base/kustomization.yaml': 'bases: ["git@example.com:x/y.git"]' }, 'error REMOTE_SOURCE base/kustomization.yaml:1:9'],
    ['a remote chart', { 'app/kustomization.yaml': 'helmCharts:\n- name: db\n  repo: https://charts.example.com\n  version: 1.0.0\n' }, 'error REMOTE_SOURCE app/kustomization.yaml:2:3'],
    ['a chart folder outside', { 'app/kustomization.yaml': 'helmGlobals:\n  chartHome: ../../charts\n' }, 'error OUTSIDE_REPOSITORY app/kustomization.yaml:2:3'],
    ['a missing file', { 'app/kustomization.yaml': 'patches:\n- path: gone.yaml\n' }, 'error MISSING_FILE app/kustomization.yaml:2:3'],
    ['a base without a kustomization', { 'app/kustomization.yaml': 'resources: [../base]\n', 'base/x.yaml': deployment }, 'error MISSING_FILE base:1:1'],
    ['broken YAML', { 'app/kustomization.yaml': 'resources: [\n' }, 'error INVALID_SOURCE app/kustomization.yaml:2:1'],
  ]
  test.each(cases)('%s', async (_, files, problem) => {
    const { resources, shown } = await render(files, 'app')
    expect([resources, shown]).toEqual([[], [problem]])
  })

  test('build options that run programs or leave the repository', async () => {
    for (const kustomizeBuildOptions of ['--enable-exec', '--load-restrictor LoadRestrictionsNone', '--enable-alpha-plugins', '--network', '--mount=type=bind', '-o /tmp/x']) {
      expect((await render(overlay, 'prod', { kustomizeBuildOptions })).shown).toEqual(['error UNSUPPORTED_SOURCE prod:1:1'])
    }
  })

  test('a missing program says how to get it', async () => {
    const path = process.env['PATH']
    process.env['PATH'] = '/nowhere'
    try {
      const { problems } = await renderSource({ root: writeTree(overlay), path: 'prod' }, {}, {})
      expect(problems).toMatchObject([{ code: 'PROGRAM_MISSING', severity: 'error', message: expect.stringMatching(/prod needs kustomize.*install/) as string }])
    } finally {
      process.env['PATH'] = path
    }
  })
})

describe.skipIf(renderTools.kustomize === undefined)('kustomize build', () => {
  test('resources lead back to the base that they started as', async () => {
    const { type, resources, problems, filesRead } = await render(overlay, 'prod')
    expect(type).toBe('Kustomize')
    expect(problems).toEqual([])
    expect(resources.map(({ id, origin }) => [id.kind, id.name.replace(/-[a-z0-9]{10}$/, ''), origin])).toEqual([['ConfigMap', 'prod-settings', 'prod/kustomization.yaml'], ['Deployment', 'prod-web', 'base/web.yaml']])
    expect(resources[1]?.locate(['spec', 'template', 'spec', 'containers', 0, 'image'])).toEqual({ file: 'base/web.yaml', line: 13, column: 9 })
    expect(filesRead).toEqual(['base/kustomization.yaml', 'base/web.yaml', 'prod/kustomization.yaml'])
  })

  test("an Application's options are edits of a copy", async () => {
    const { resources, problems, root } = await render({ ...overlay, 'extra/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nlabels: [{pairs: {extra: "1"}}]\n' }, 'prod', {
      buildEnvironment: { ARGOCD_APP_REVISION: 'abc' },
      kustomize: {
        namePrefix: 'x-', nameSuffix: '-s', namespace: 'team', images: ['registry.example/web:$ARGOCD_APP_REVISION'], replicas: [{ name: 'web', count: '3' }], commonLabels: { rev: '${ARGOCD_APP_REVISION}' },
        labelWithoutSelector: true, commonAnnotations: { note: '$ARGOCD_APP_REVISION' }, components: ['../extra', '../gone'], ignoreMissingComponents: true,
        patches: [{ target: { kind: 'Deployment' }, patch: '- op: add\n  path: /spec/paused\n  value: true' }],
      },
    })
    expect(problems).toEqual([])
    expect(resources.find(({ id }) => id.kind === 'Deployment')?.object).toMatchObject({
      metadata: { name: 'x-web-s', namespace: 'team', labels: { rev: 'abc', extra: '1' }, annotations: { note: '$ARGOCD_APP_REVISION' } },
      spec: { replicas: 3, paused: true, selector: { matchLabels: { app: 'web' } }, template: { spec: { containers: [{ image: 'registry.example/web:abc' }] } } },
    })
    expect(readFileSync(join(root, 'prod/kustomization.yaml'), 'utf8')).toBe(overlay['prod/kustomization.yaml'])
  })

  test.skipIf(renderTools.helm === undefined)('a chart in the repository is inflated where the build options allow it', async () => {
    const files = {
      'app/kustomization.yaml': 'helmCharts:\n- name: db\n  repo: https://charts.example.com\n  releaseName: main\n', 'app/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\nversion: 1.0.0\n',
      'app/charts/db/values.yaml': '',
      'app/charts/db/templates/c.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}"}\ndata: {kube: "{{ .Capabilities.KubeVersion.Version }}"}\n',
    }
    const { resources, problems } = await render(files, 'app', { kustomizeBuildOptions: '--enable-helm', kubeVersion: '1.30.1' })
    expect(problems).toEqual([])
    expect(resources.map(({ id, object }) => [id.name, object['data']])).toEqual([['main', { kube: 'v1.30.1' }]])
    expect((await render(files, 'app')).shown).toEqual(['error RENDER_FAILED app:1:1'])
  })

  test('an error of the program is told without temporary paths', async () => {
    const { shown, problems, root } = await render({ 'app/kustomization.yaml': 'resources: [a.yaml, b.yaml]\n', 'app/a.yaml': deployment, 'app/b.yaml': deployment }, 'app')
    expect(shown).toEqual(['error RENDER_FAILED app:1:1'])
    expect(problems[0]?.message).toContain('may not add resource')
    expect(problems[0]?.message).not.toContain(root)
  })
})
