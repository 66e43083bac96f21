import { expect, test } from 'vitest'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadClusters } from '../../../../src/pipeline/applications/load-clusters.ts'
import { SourceTexts } from '../../../../src/pipeline/source-texts.ts'

function load(text: string) {
  const cwd = mkdtempSync(join(tmpdir(), 'presync-clusters-'))
  try {
    writeFileSync(join(cwd, 'clusters.yaml'), text)
    return loadClusters('clusters.yaml', { cwd, texts: new SourceTexts() })
  } finally {
    rmSync(cwd, { recursive: true, force: true })
  }
}

const type = { 'argocd.argoproj.io/secret-type': 'cluster' }

test("Argo CD's Secrets, plain and encoded", () => {
  const { clusters, problems } = load(`apiVersion: v1
kind: Secret
metadata: {name: x, labels: {argocd.argoproj.io/secret-type: cluster, env: prod}, annotations: {zone: a}}
stringData: {name: eu, server: https://eu}
---
apiVersion: v1
kind: Secret
metadata: {name: z}
data: {name: ${Buffer.from('us').toString('base64')}, server: ${Buffer.from('https://us').toString('base64')}, project: ${Buffer.from('p').toString('base64')}}
`)
  expect(problems).toEqual([])
  expect(clusters).toEqual([
    { name: 'eu', server: 'https://eu', labels: { ...type, env: 'prod' }, annotations: { zone: 'a' } },
    { name: 'us', server: 'https://us', project: 'p', labels: type, annotations: {} },
  ])
})

test.each(['- {name: a, server: s}', 'clusters: [{name: a, server: s}]', 'apiVersion: v1\nkind: List\nitems: [{name: a, server: s}]'])('a list: %s', (text) => {
  expect(load(text)).toEqual({ clusters: [{ name: 'a', server: 's', labels: type, annotations: {} }], problems: [] })
})

test.each([['- {name: a}', 'a name and a server'], ['[]', 'lists no clusters'], ['{', '']])('%s is a problem', (text, message) => {
  const { problems } = load(text)
  expect(problems).toHaveLength(1)
  expect(problems[0]?.message).toContain(message)
})
