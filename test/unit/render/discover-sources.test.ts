import { describe, expect, test } from 'vitest'
import { discoverSources } from '../../../src/render/index.ts'
import { writeTree } from '../../support/write-tree.ts'

const config = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n'

function discover(files: Readonly<Record<string, string>>, path?: string) {
  const { sources, problems } = discoverSources(writeTree(files), path)
  return { sources: sources.map((source) => [source.path, source.type, ...(source.files ?? [])]), problems: problems.map(({ code }) => code) }
}

describe('discoverSources', () => {
  test('each chart, kustomization and plain folder once', () => {
    expect(discover({
      'charts/shop/Chart.yaml': 'name: shop\n', 'charts/shop/templates/a.yaml': config, 'charts/shop/charts/sub/Chart.yaml': 'name: sub\n', 'charts/lib/Chart.yaml': 'name: lib\ntype: library\n',
      'k/base/kustomization.yaml': 'resources: [files/a.yaml]\n', 'k/base/files/a.yaml': config, 'k/base/files/orphan.yaml': config, 'k/prod/kustomization.yaml': 'resources: [../base]\ncomponents: [../extra]\n', 'k/extra/kustomization.yaml': 'kind: Component\n', 'k/alone/kustomization.yml': 'resources: []\n',
      'plain/a.yaml': config, 'plain/values.yaml': 'a: 1\n', 'plain/test.yaml': 'apiVersion: cli.kyverno.io/v1alpha1\nkind: Test\nmetadata: {name: t}\n', 'plain/b.json': '{"apiVersion": "v1", "kind": "Pod"}', 'plain/deep/c.yaml': config,
      'docs/x.yaml': 'a: 1\n', '.github/w.yaml': config, 'node_modules/x/a.yaml': config, 'j/m.jsonnet': '{}',
    })).toEqual({
      sources: [
        ['charts/shop', 'Helm'], ['j', 'Directory', 'j/m.jsonnet'], ['k/alone', 'Kustomize'], ['k/prod', 'Kustomize'], ['plain', 'Directory', 'plain/a.yaml', 'plain/b.json'], ['plain/deep', 'Directory', 'plain/deep/c.yaml'],
      ],
      problems: [],
    })
  })

  test('the root itself, a folder, a file', () => {
    const files = { 'a.yaml': config, 'sub/b.yaml': config, 'sub/kustomization.yaml': 'resources: [b.yaml]\n' }
    expect(discover(files).sources).toEqual([['.', 'Directory', 'a.yaml'], ['sub', 'Kustomize']])
    expect(discover(files, 'sub').sources).toEqual([['sub', 'Kustomize']])
    expect(discover(files, 'sub/b.yaml').sources).toEqual([['sub', 'Directory', 'sub/b.yaml']])
  })

  test('kustomizations in a circle and broken ones are not lost', () => {
    expect(discover({ 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a]\n', 'c/kustomization.yaml': 'resources: [\n' }).sources).toEqual([['a', 'Kustomize'], ['c', 'Kustomize']])
  })

  test('with a chart and a kustomization Argo CD sees a kustomization', () => {
    expect(discover({ 'x/Chart.yaml': 'name: x\n', 'x/kustomization.yaml': 'resources: []\n', 'x/templates/a.yaml': config }).sources).toEqual([['x', 'Kustomize']])
  })

  test('nothing to find is a problem', () => {
    expect(discover({ 'readme.md': '' })).toEqual({ sources: [], problems: ['NO_RESOURCES'] })
    expect(discover({}, 'nowhere')).toEqual({ sources: [], problems: ['SOURCE_NOT_FOUND'] })
    expect(discover({}, '../..')).toEqual({ sources: [], problems: ['OUTSIDE_REPOSITORY'] })
  })

  test('links are not followed, and one out of the repository is not passed over', () => {
    const outside = writeTree({ 'secret.yaml': config })
    expect(discover({ 'a/x.yaml': config, 'a/loop': 'link:../a', 'b/s.yaml': `link:${outside}/secret.yaml` }).sources).toEqual([['a', 'Directory', 'a/x.yaml'], ['b', 'Directory', 'b/s.yaml']])
  })
})
