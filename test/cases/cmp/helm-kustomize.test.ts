import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { renderHelmKustomize } from '../../../src/render/index.ts'
import { callPlugin } from '../../support/cmp-server.ts'
import { renderTools } from '../../support/render-tools.ts'

const root = mkdtempSync(join(tmpdir(), 'presync-chart-'))
afterAll(() => rmSync(root, { recursive: true }))
mkdirSync(join(root, 'app/templates'), { recursive: true })
writeFileSync(join(root, 'app/Chart.yaml'), 'apiVersion: v2\nname: web\nversion: 0.1.0\n')
writeFileSync(join(root, 'app/templates/cm.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: "{{ .Release.Name }}-cm"}\ndata: {kube: "{{ .Capabilities.KubeVersion.Version }}"}\n')
writeFileSync(join(root, 'app/kustomization.yaml'), 'resources: [all.yaml]\nnamePrefix: p-\n')

const { helm, kustomize } = renderTools
const tools = { PATH: [helm, kustomize].flatMap((tool) => (tool === undefined ? [] : [dirname(tool)])).concat(process.env['PATH'] ?? '').join(delimiter) }
const generate = (renderer: string) => callPlugin({ repository: root, path: 'app', sidecar: tools, request: { ARGOCD_APP_PARAMETERS: JSON.stringify([{ name: 'renderer', string: renderer }]) } })

describe.skipIf(helm === undefined || kustomize === undefined)('charts through the plugin', () => {
  test('helm: the release is named after the Application, for the version that Argo CD gives', async () => {
    const reply = await generate('helm')
    expect(reply.manifests(), reply.stderr).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'shop-cm' }, data: { kube: 'v1.33.2' } }])
  })

  test('helm-kustomize: the kustomization works on what the chart makes, and nothing stays behind', async () => {
    const reply = await generate('helm-kustomize')
    expect(reply.manifests().map(({ metadata }) => metadata), reply.stderr).toEqual([{ name: 'p-shop-cm' }])
    expect(reply.filesAfter).toEqual([])
  })

  test('several Applications may do so with one folder at a time, of which nothing is changed, and each resource leads to its template', async () => {
    const before = statSync(join(root, 'app')).mtimeMs
    const render = (releaseName: string) => renderHelmKustomize({ root, path: 'app' }, { helm: { releaseName }, kustomize: { nameSuffix: '-s' } }, renderTools)
    const rendered = await Promise.all([render('one'), render('two')])
    expect(rendered.flatMap(({ problems }) => problems)).toEqual([])
    expect(rendered.flatMap(({ resources }) => resources.map(({ id, source }) => [id.name, source?.file, source?.line]))).toEqual([
      ['p-one-cm-s', 'app/templates/cm.yaml', 1], ['p-two-cm-s', 'app/templates/cm.yaml', 1],
    ])
    expect(rendered[0]?.filesRead).toEqual(['app/Chart.yaml', 'app/kustomization.yaml', 'app/templates/cm.yaml'])
    expect([readdirSync(join(root, 'app')).sort(), statSync(join(root, 'app')).mtimeMs]).toEqual([['Chart.yaml', 'kustomization.yaml', 'templates'], before])
  })
})
