import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderSource, type RenderOptions } from '../../../src/render/index.ts'
import { renderTools } from '../../support/render-tools.ts'
import { writeTree } from '../../support/write-tree.ts'

const chart = {
  'chart/Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 1.0.0\n',
  'chart/values.yaml': 'a: default\nb: default\nlist: []\nfile: ""\nextra: false\n',
  'chart/templates/config.yaml': `{{- if true }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
data:
  a: {{ .Values.a | quote }}
  b: {{ .Values.b | quote }}
  list: {{ .Values.list | toJson | quote }}
  file: {{ .Values.file | quote }}
  kube: {{ .Capabilities.KubeVersion.Version | quote }}
  has: {{ .Capabilities.APIVersions.Has "example.com/v1" | quote }}
{{- end }}
`,
  'chart/templates/test.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: probe\n  annotations: {helm.sh/hook: test}\nspec: {containers: []}\n',
  'chart/templates/hook.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: before\n  annotations: {helm.sh/hook: pre-install}\nspec: {}\n',
  'chart/crds/thing.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata:\n  name: things.example.com\nspec:\n  group: example.com\n',
}

async function render(files: Readonly<Record<string, string>>, options: RenderOptions = {}, path = 'chart') {
  const root = writeTree(files)
  const result = await renderSource({ root, path }, options, renderTools)
  return { ...result, root, data: result.resources.find(({ id }) => id.kind === 'ConfigMap')?.object['data'], shown: result.problems.map(({ code, severity, location }) => `${severity} ${code} ${location?.file}:${location?.line}:${location?.column}`) }
}

describe('charts that are refused before anything runs', () => {
  test('values files that leave the repository, are remote, or are not there', async () => {
    const outside = writeTree({ 'values.yaml': 'a: secret\n' })
    for (const [file, problem] of [
      ['../../x.yaml', 'OUTSIDE_REPOSITORY'], ['/../x.yaml', 'OUTSIDE_REPOSITORY'], ['/link.yaml', 'OUTSIDE_REPOSITORY'], ['https://example.com/v.yaml', 'REMOTE_SOURCE'],
      ['file:///etc/passwd', 'INVALID_SOURCE'], ['gone.yaml', 'MISSING_FILE'], ['env/*.yaml', 'MISSING_FILE'],
    ] as const) {
      const { shown } = await render({ ...chart, 'link.yaml': `link:${outside}/values.yaml` }, { helm: { valueFiles: [file] } })
      expect(shown, file).toEqual([`error ${problem} chart/Chart.yaml:1:1`])
    }
    expect((await render({ ...chart, 'chart/link.yaml': `link:${outside}/values.yaml` })).shown).toEqual(['error OUTSIDE_REPOSITORY chart/link.yaml:1:1'])
  })

  test('a missing program says how to get it', async () => {
    const path = process.env['PATH']
    process.env['PATH'] = '/nowhere'
    try {
      const { problems } = await renderSource({ root: writeTree(chart), path: 'chart' }, {}, {})
      expect(problems).toMatchObject([{ code: 'PROGRAM_MISSING', message: expect.stringMatching(/chart needs helm.*install/) as string }])
    } finally {
      process.env['PATH'] = path
    }
  })
})

describe.skipIf(renderTools.helm === undefined)('helm template', () => {
  test('release, namespace, version, hooks, CRDs, and where things come from', async () => {
    const { type, resources, problems, data, root } = await render(chart, { appName: 'argocd_shop', namespace: 'team', kubeVersion: 'v1.31.2-gke.100', apiVersions: ['example.com/v1'] })
    expect([type, problems]).toEqual(['Helm', []])
    expect(data).toMatchObject({ kube: 'v1.31.2', has: 'true' })
    expect(resources.map(({ id, source, origin }) => [id.kind, id.name, origin, `${source?.file}:${source?.line}`])).toEqual([
      ['CustomResourceDefinition', 'things.example.com', 'shop/crds/thing.yaml', 'chart/crds/thing.yaml:1'], ['ConfigMap', 'shop', 'shop/templates/config.yaml', 'chart/templates/config.yaml:2'],
      ['Pod', 'probe', 'shop/templates/test.yaml', 'chart/templates/test.yaml:1'], ['Job', 'before', 'shop/templates/hook.yaml', 'chart/templates/hook.yaml:1'],
    ])
    expect(resources[1]?.locate(['data', 'b'])).toEqual({ file: 'chart/templates/config.yaml', line: 9, column: 3 })
    expect(resources[1]?.locate(['data', 'unknown'])).toEqual({ file: 'chart/templates/config.yaml', line: 7, column: 1 })
    expect(resources[0]?.locate(['spec', 'group'])).toEqual({ file: 'chart/crds/thing.yaml', line: 6, column: 3 })
    expect(existsSync(join(root, 'chart/Chart.lock'))).toBe(false)
  })

  test('precedence: values files, inline values, parameters; globs; other sources', async () => {
    const other = writeTree({ 'env/x.yaml': 'b: ref\n' })
    const files = { ...chart, 'chart/one.yaml': 'a: one\nb: one\n', 'chart/env/1.yaml': 'b: "1"\n', 'chart/env/2.yaml': 'b: "2"\n', 'shared.yaml': 'a: shared\n', 'chart/big.txt': 'x,y' }
    expect((await render(files, { helm: { valueFiles: ['one.yaml', '/shared.yaml'] } })).data).toMatchObject({ a: 'shared', b: 'one' })
    expect((await render(files, { helm: { valueFiles: ['one.yaml', 'env/*.yaml'] } })).data).toMatchObject({ b: '2' })
    expect((await render(files, { helm: { valueFiles: ['env/2.yaml', 'env/*.yaml'] } })).data).toMatchObject({ b: '1' })
    expect((await render(files, { helm: { valueFiles: ['$ARGOCD_X.yaml', 'gone/*.yaml', 'one.yaml'], ignoreMissingValueFiles: true }, buildEnvironment: {} })).data).toMatchObject({ a: 'one' })
    expect((await render(files, { helm: { valueFiles: ['$values/env/x.yaml'] }, refs: { values: other } })).data).toMatchObject({ a: 'default', b: 'ref' })
    expect((await render(files, { helm: { valueFiles: ['one.yaml'], values: 'a: inline\n', valuesObject: { a: 'object', list: [1] }, parameters: [{ name: 'b', value: '$ARGOCD_APP_NAME,x' }] }, buildEnvironment: { ARGOCD_APP_NAME: 'n' } })).data)
      .toMatchObject({ a: 'object', b: 'n,x', list: '[1]' })
    expect((await render(files, { helm: { parameters: [{ name: 'list', value: '{p,q}' }, { name: 'a', value: '1e3', forceString: true }], fileParameters: [{ name: 'file', path: 'big.txt' }] } })).data).toMatchObject({ list: '["p","q"]', a: '1e3', file: 'x,y' })
  })

  test('CRDs and tests can be left out; the release is named after the folder where nobody names it', async () => {
    const { resources } = await render(chart, { helm: { skipCrds: true, skipTests: true } })
    expect(resources.map(({ id }) => id.name)).toEqual(['chart', 'before'])
  })

  test('a chart in the repository is a dependency; a remote one has to be there', async () => {
    const common = { 'common/Chart.yaml': 'apiVersion: v2\nname: common\nversion: 0.1.0\n', 'common/templates/c.yaml': 'apiVersion: v1\nkind: Secret\nmetadata: {name: common}\n' }
    const local = { ...chart, ...common, 'chart/Chart.yaml': `${chart['chart/Chart.yaml']}dependencies:\n- {name: common, version: 0.1.0, repository: "file://../common"}\n` }
    const { resources, problems, root } = await render(local)
    expect(problems).toEqual([])
    expect(resources.map(({ id }) => id.name)).toContain('common')
    expect(existsSync(join(root, 'chart/charts'))).toBe(false)
    const remote = { ...chart, 'chart/Chart.yaml': `${chart['chart/Chart.yaml']}dependencies:\n- name: db\n  version: 1.0.0\n  repository: https://charts.example.com\n` }
    expect((await render(remote)).shown).toEqual(['error MISSING_DEPENDENCY chart/Chart.yaml:5:3'])
    const outside = { ...chart, 'chart/Chart.yaml': `${chart['chart/Chart.yaml']}dependencies:\n- {name: tmp, version: 0.1.0, repository: "file://../../"}\n` }
    expect((await render(outside)).shown).toEqual(['error OUTSIDE_REPOSITORY chart/Chart.yaml:5:3'])
  })

  test('an error in a template has its place', async () => {
    const { shown, problems } = await render({ ...chart, 'chart/templates/bad.yaml': 'a: 1\nb: {{ required "b is needed" .Values.nothing }}\n' })
    expect(shown).toEqual(['error RENDER_FAILED chart/templates/bad.yaml:2:7'])
    expect(problems[0]?.message).toContain('b is needed')
  })

  test('a template that renders broken YAML is a problem of the template', async () => {
    const { shown, resources } = await render({ ...chart, 'chart/templates/bad.yaml': 'apiVersion: v1\nkind: Secret\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: [\n' })
    expect(resources.length).toBe(0)
    expect(shown[0]).toMatch(/^error RENDER_FAILED chart\/templates\/bad.yaml/)
  })
})
