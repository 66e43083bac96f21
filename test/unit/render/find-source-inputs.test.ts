import { realpathSync } from 'node:fs'
import { relative } from 'node:path'
import { expect, test } from 'vitest'
import { findSourceInputs, type RenderOptions } from '../../../src/render/index.ts'
import { writeTree } from '../../support/write-tree.ts'

const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: m}\n'
const root = realpathSync(writeTree({
  'overlay/kustomization.yaml': 'resources: [../base]\npatches: [{path: patch.yaml}]\n', 'overlay/patch.yaml': map, 'base/kustomization.yaml': 'resources: [deep/map.yaml]\n', 'base/deep/map.yaml': map,
  'chart/Chart.yaml': 'apiVersion: v2\nname: chart\nversion: 1.0.0\ndependencies: [{name: lib, version: 1.0.0, repository: file://../lib}]\n', 'chart/templates/map.yaml': map, 'lib/Chart.yaml': 'apiVersion: v2\nname: lib\nversion: 1.0.0\n',
  'values/a.yaml': 'a: 1\n', 'values/b.yaml': 'b: 1\n', 'values/f.txt': 'x', 'plain/a.yaml': map, 'plain/b.txt': '', 'plain/deep/c.yaml': map, 'jsonnet/a.jsonnet': '{}',
  'remote/kustomization.yaml': 'resources: [https://example.com/x]\n', 'inflated/kustomization.yaml': 'helmCharts: [{name: x}]\n',
}))

test.each<[string, RenderOptions, readonly string[] | undefined]>([
  ['overlay', {}, ['base', 'base/deep', 'overlay', 'overlay/.argocd-source.yaml']],
  ['overlay', { appName: 'app' }, ['base', 'base/deep', 'overlay', 'overlay/.argocd-source-app.yaml', 'overlay/.argocd-source.yaml']],
  ['chart', {}, ['chart', 'chart/.argocd-source.yaml', 'lib']],
  ['chart', { helm: { valueFiles: ['../values/*.yaml'], fileParameters: [{ name: 'f', path: '/values/f.txt' }] } }, ['chart', 'chart/.argocd-source.yaml', 'lib', 'values/a.yaml', 'values/b.yaml', 'values/f.txt']],
  ['chart', { helm: { valueFiles: ['missing.yaml'] } }, undefined],
  ['plain', {}, ['plain/.argocd-source.yaml', 'plain/a.yaml']],
  ['plain', { directory: { recurse: true } }, ['plain/.argocd-source.yaml', 'plain/a.yaml', 'plain/deep/c.yaml']],
  ['jsonnet', {}, undefined],
  ['remote', {}, undefined],
  ['inflated', {}, undefined],
  ['nowhere', {}, undefined],
])('%s %j', (path, options, places) => {
  const inputs = findSourceInputs({ root, path }, options)
  expect(inputs && [...new Set(inputs.places.map((place) => relative(root, place)))].sort()).toEqual(places)
})
