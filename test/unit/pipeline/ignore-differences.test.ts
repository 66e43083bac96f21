import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { computeIgnoreDifferences } from '../../../src/index.ts'
import { toIgnoreDifferencesJson } from '../../../src/pipeline/ignore-differences.ts'
import { schemaErrors } from '../../support/validate-schema.ts'

const cwd = mkdtempSync(join(tmpdir(), 'presync-entries-'))
afterAll(() => rmSync(cwd, { recursive: true, force: true }))
writeFileSync(join(cwd, 'pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: shop}\nspec: {containers: [{name: app, image: "nginx:1"}, {name: side, image: "car:1"}]}\n')
writeFileSync(join(cwd, 'policy.yaml'), `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: pull}
spec:
  rules:
  - name: image
    match: {any: [{resources: {kinds: [Pod]}}]}
    mutate: {patchStrategicMerge: {spec: {containers: [{(image): "nginx:*", image: "mirror/nginx:1"}]}}}
`)

test('the library computes what the command line prints, in the shape of the schema', async () => {
  const report = await computeIgnoreDifferences({ cwd, paths: ['pod.yaml'], policies: ['policy.yaml'] })
  expect(report.problems).toEqual([])
  expect(report.proof).toMatchObject({ quiet: true, watchful: true, needed: true })
  const document = toIgnoreDifferencesJson(report)
  expect(schemaErrors('ignore-differences.schema.json', document)).toEqual([])
  expect(document).toMatchObject({
    ignoreDifferences: [{ group: '', kind: 'Pod', name: 'p', namespace: 'shop', jqPathExpressions: ['.spec.containers[] | select(.name == "app") | .image'] }],
    reasons: [{ field: 'spec.containers[app].image', causes: [{ kind: 'mutation', policy: 'ClusterPolicy pull', rule: 'image' }] }],
  })
})

test('several Applications have a list each, in the shape of the schema', async () => {
  const application = (name: string): string => `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: ${name}}\nspec:\n  destination: {namespace: ${name}}\n  source: {repoURL: https://git.example.com/a.git, path: ${name}}\n`
  for (const name of ['shop', 'bank']) {
    mkdirSync(join(cwd, 'git', name), { recursive: true })
    writeFileSync(join(cwd, 'git', `${name}.yaml`), application(name))
    writeFileSync(join(cwd, 'git', name, 'pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: app, image: "nginx:1"}]}\n')
  }
  const report = await computeIgnoreDifferences({ cwd, paths: ['git'], policies: ['policy.yaml'], repositories: { 'https://git.example.com/a.git': 'git' } })
  expect(report.problems).toEqual([])
  const document = toIgnoreDifferencesJson(report)
  expect(schemaErrors('ignore-differences.schema.json', document)).toEqual([])
  expect(document).toMatchObject({
    ignoreDifferences: [{ namespace: 'bank' }, { namespace: 'shop' }],
    applications: [{ names: ['bank'], ignoreDifferences: [{ namespace: 'bank' }], proof: { quiet: true } }, { names: ['shop'], ignoreDifferences: [{ namespace: 'shop' }] }],
  })
})
