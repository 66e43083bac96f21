import { createServer, type IncomingMessage, type Server } from 'node:http'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { executable } from '../../support/cmp-server.ts'

/** An API server's stand-in on loopback: one ConfigMap, and a place for reports. */
let server: Server
let folder: string
const asked: { method: string; url: string; body: string; type: string | undefined; authorization: string | undefined }[] = []

const answers: Readonly<Record<string, object>> = {
  '/api/v1/namespaces/platform/configmaps/registries': { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'registries', namespace: 'platform' }, data: { all: 'yes' } },
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const chunk of request) body += String(chunk)
  return body
}

beforeAll(async () => {
  server = createServer((request, response) => {
    void readBody(request).then((body) => {
      const url = request.url ?? ''
      asked.push({ method: request.method ?? '', url, body, type: request.headers['content-type'], authorization: request.headers.authorization })
      const answer = request.method === 'PATCH' ? JSON.parse(body) as object : answers[url]
      response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer ?? { kind: 'Status', message: 'not found' }))
    })
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  folder = mkdtempSync(join(tmpdir(), 'presync-cluster-'))
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const user = { name: 'u', user: { token: 'secret-token' } }
  writeFileSync(join(folder, 'kubeconfig'), JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'c', clusters: [{ name: 'k', cluster: { server: address, 'insecure-skip-tls-verify': true } }], users: [user], contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }] }))
  mkdirSync(join(folder, 'apps'))
  writeFileSync(join(folder, 'apps/pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec: {containers: [{name: a, image: nginx}]}\n')
  writeFileSync(join(folder, 'policy.yaml'), `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: registries}
spec:
  background: false
  rules:
  - name: check
    match: {any: [{resources: {kinds: [Pod]}}]}
    context: [{name: allowed, configMap: {name: registries, namespace: platform}}]
    validate:
      failureAction: Enforce
      message: not allowed
      deny: {conditions: {any: [{key: "{{ allowed.data.all }}", operator: NotEquals, value: "yes"}]}}
`)
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

/** Not spawnSync: the server answers in this process. */
function run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [executable, ...args], { cwd: folder, env: { PATH: process.env['PATH'] ?? '', HOME: folder, NO_COLOR: '1', ...env } })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (chunk) => { stdout += String(chunk) })
    child.stderr.on('data', (chunk) => { stderr += String(chunk) })
    child.on('close', (status) => resolve({ status, stdout, stderr }))
  })
}

test('check --cluster answers look-ups from the cluster, read only', async () => {
  const without = await run(['check', 'apps', '-p', 'policy.yaml'])
  expect(without.status).toBe(2)
  expect(without.stdout).toContain('ConfigMap platform/registries')
  asked.length = 0
  const { status, stdout, stderr } = await run(['check', 'apps', '-p', 'policy.yaml', '--cluster', '--kubeconfig', 'kubeconfig'])
  expect(status, stdout + stderr).toBe(0)
  expect(asked.map(({ method, url, authorization }) => [method, url, authorization])).toEqual([['GET', '/api/v1/namespaces/platform/configmaps/registries', 'Bearer secret-token']])
})

test('a cluster that is not there is an error of the rule that asked, and no token reaches a message', async () => {
  writeFileSync(join(folder, 'gone'), JSON.stringify({ apiVersion: 'v1', kind: 'Config', 'current-context': 'c', clusters: [{ name: 'k', cluster: { server: 'http://127.0.0.1:1', 'insecure-skip-tls-verify': true } }], users: [{ name: 'u', user: { token: 'secret-token' } }], contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }] }))
  const { status, stdout, stderr } = await run(['check', 'apps', '-p', 'policy.yaml', '--cluster', '--kubeconfig', 'gone'])
  expect(status).toBe(2)
  expect(stdout).toContain('the cluster at 127.0.0.1:1 did not answer')
  expect(stdout + stderr).not.toContain('secret-token')
  expect((await run(['check', 'apps', '--cluster', '--offline'])).status).toBe(2)
})

test('the plugin writes its report with reportCluster, and a report that cannot be written stops nothing', async () => {
  writeFileSync(join(folder, 'plugin.yaml'), 'mode: audit\nreportCluster: true\n')
  const env = { PRESYNC_PLUGIN_CONFIG: join(folder, 'plugin.yaml'), ARGOCD_APP_NAME: 'shop', ARGOCD_APP_NAMESPACE: 'shop', KUBECONFIG: join(folder, 'kubeconfig') }
  asked.length = 0
  const written = await run(['cmp', 'generate'], env)
  expect(written.status, written.stderr).toBe(0)
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatchObject({ method: 'PATCH', url: '/apis/wgpolicyk8s.io/v1alpha2/namespaces/shop/policyreports/presync-shop?fieldManager=presync&force=true', type: 'application/apply-patch+yaml' })
  expect(JSON.parse(asked[0]?.body ?? '')).toMatchObject({ kind: 'PolicyReport', metadata: { name: 'presync-shop', namespace: 'shop' } })
  const failed = await run(['cmp', 'generate'], { ...env, KUBECONFIG: join(folder, 'gone') })
  expect(failed.status).toBe(0)
  expect(failed.stderr).toContain('the report was not written to the cluster')
})
