import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openCluster } from '../../../../src/pipeline/apply/open-cluster.ts'
import { runMain } from '../../../support/run-main.ts'
import { withLocalServer, type SeenRequest } from '../../../support/local-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'presync-cluster-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const pod = (name: string, namespace = 'shop') => ({ metadata: { name, namespace }, spec: { containers: [{ name, image: 'web:1' }] } })

function serve({ path }: SeenRequest) {
  const url = new URL(path, 'http://cluster')
  switch (url.pathname) {
    case '/apis': return { body: { groups: [{ versions: [{ groupVersion: 'apps/v1' }] }] } }
    case '/api/v1': return { body: { resources: [
      { name: 'pods', kind: 'Pod', namespaced: true, verbs: ['get', 'list'] }, { name: 'pods/log', kind: 'Pod', namespaced: true, verbs: ['get'] },
      { name: 'namespaces', kind: 'Namespace', namespaced: false, verbs: ['list'] }, { name: 'secrets', kind: 'Secret', namespaced: true, verbs: ['list'] },
    ] } }
    case '/apis/apps/v1': return { body: { resources: [{ name: 'deployments', kind: 'Deployment', namespaced: true, verbs: ['list'] }] } }
    case '/api/v1/pods': return { body: url.searchParams.get('continue') === 'more'
      ? { apiVersion: 'v1', kind: 'PodList', metadata: {}, items: [pod('two')] } : { apiVersion: 'v1', kind: 'PodList', metadata: { continue: 'more' }, items: [pod('one')] } }
    case '/api/v1/namespaces/shop/pods': return { body: { apiVersion: 'v1', kind: 'PodList', metadata: {}, items: [pod('one')] } }
    case '/apis/apps/v1/deployments': return { body: { apiVersion: 'apps/v1', kind: 'DeploymentList', metadata: {}, items: [] } }
    case '/api/v1/namespaces/shop/configmaps/limits': return { body: { kind: 'ConfigMap', data: { max: '3' } } }
    default: return undefined
  }
}

/** A kubeconfig with two contexts; the second leads nowhere. */
function writeKubeconfig(host: string): string {
  const file = join(folder, 'kubeconfig')
  writeFileSync(file, JSON.stringify({
    apiVersion: 'v1', kind: 'Config', 'current-context': 'local',
    clusters: [{ name: 'local', cluster: { server: `http://${host}`, 'insecure-skip-tls-verify': true } }, { name: 'nowhere', cluster: { server: 'http://127.0.0.1:1', 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'me', user: { token: 'secret' } }],
    contexts: [{ name: 'local', context: { cluster: 'local', user: 'me' } }, { name: 'nowhere', context: { cluster: 'nowhere', user: 'me' } }],
  }))
  return file
}

test('lists the kinds that are asked for, page by page, with the credentials of the kubeconfig', async () => {
  await withLocalServer(serve, async ({ host, seen }) => {
    const cluster = await openCluster({ kubeconfig: writeKubeconfig(host), clusterWide: false })
    const found = await cluster.list([{ group: '*', version: '*', kind: 'Pod' }], [])
    expect(found.map(({ apiVersion, kind, metadata }) => [apiVersion, kind, (metadata as { readonly name: string }).name])).toEqual([['v1', 'Pod', 'one'], ['v1', 'Pod', 'two']])
    expect(seen.every(({ authorization }) => authorization === 'Bearer secret')).toBe(true)
    expect(seen.some(({ path }) => path.includes('secrets'))).toBe(false)
  })
})

test('one namespace, and names', async () => {
  await withLocalServer(serve, async ({ host }) => {
    const cluster = await openCluster({ kubeconfig: writeKubeconfig(host), namespace: 'shop', clusterWide: false })
    expect(await cluster.list([{ group: '*', version: '*', kind: '*' }], ['one'])).toHaveLength(1)
    expect(await cluster.list([{ group: '*', version: '*', kind: 'Namespace' }], [])).toEqual([])
  })
})

test('answers look-ups; what is not there is undefined', async () => {
  await withLocalServer(serve, async ({ host }) => {
    const { loader } = await openCluster({ kubeconfig: writeKubeconfig(host), clusterWide: false })
    expect(await loader({ kind: 'configMap', namespace: 'shop', name: 'limits' })).toEqual({ kind: 'ConfigMap', data: { max: '3' } })
    expect(await loader({ kind: 'configMap', namespace: 'shop', name: 'none' })).toBeUndefined()
    expect(await loader({ kind: 'resourceList', apiVersion: 'v1', resource: 'pods', namespace: 'shop' })).toMatchObject({ items: [{ metadata: { name: 'one' } }] })
  })
})

const policy = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: limit }
spec:
  rules:
    - name: one-only
      match: { any: [{ resources: { kinds: [Pod] } }] }
      context: [{ name: limits, configMap: { name: limits, namespace: shop } }]
      validate:
        failureAction: Enforce
        message: "at most {{ limits.data.max }}"
        deny: { conditions: { all: [{ key: "{{ request.object.metadata.name }}", operator: Equals, value: two }] } }
`

test('apply --cluster judges what the cluster has', async () => {
  await withLocalServer(serve, async ({ host }) => {
    writeFileSync(join(folder, 'policy.yaml'), policy)
    const run = await runMain(['apply', join(folder, 'policy.yaml'), '--cluster', '--kubeconfig', writeKubeconfig(host)])
    expect(run.stdout).toContain('to 2 resource(s)')
    expect(run.stdout).toContain('1 - one-only at most 3')
    expect(run.code).toBe(1)
  })
})

test('a cluster that does not answer is an error', async () => {
  writeFileSync(join(folder, 'policy.yaml'), policy)
  const run = await runMain(['apply', join(folder, 'policy.yaml'), '--cluster', '--kubeconfig', writeKubeconfig('127.0.0.1:1'), '--context', 'nowhere'])
  expect(run.code).toBe(2)
  expect(run.stderr).toContain('127.0.0.1:1')
})
