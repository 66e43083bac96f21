import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { callPlugin, type PluginCall } from '../../support/cmp-server.ts'

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

/** A repository with these files. */
function repository(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'presync-repository-'))
  folders.push(root)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
  return root
}

const privileged = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
  - {name: app, image: nginx, securityContext: {privileged: true}}
`
const harmless = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {answer: "yes", version: "1.10", mode: "0644", big: "9007199254740993"}
`
const secret = `apiVersion: v1
kind: Secret
metadata: {name: login, labels: {token: hunter2-hunter2}}
stringData: {password: hunter2-hunter2}
`
const denySecrets = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: no-secrets}
spec:
  validationFailureAction: Enforce
  background: false
  rules:
  - name: check
    match: {any: [{resources: {kinds: [Secret]}}]}
    validate:
      message: "the label is {{ request.object.metadata.labels.token }}"
      deny: {}
`
const exception = `apiVersion: kyverno.io/v2
kind: PolicyException
metadata: {name: let-me, namespace: shop}
spec:
  exceptions: [{policyName: pod-security-baseline, ruleNames: ["*"]}]
  match: {any: [{resources: {kinds: [Pod]}}]}
`
const good = repository({ 'apps/shop/configmap.yaml': harmless })
const bad = repository({ 'apps/shop/pod.yaml': privileged, 'apps/shop/configmap.yaml': harmless, 'apps/shop/.policies/exception.yaml': exception })
const enforce = { PRESYNC_MODE: 'enforce', PRESYNC_POLICY: 'builtin:pod-security-baseline' }
const parameters = (...list: readonly object[]) => ({ ARGOCD_APP_PARAMETERS: JSON.stringify(list) })
const call = (options: Partial<PluginCall>) => callPlugin({ repository: bad, path: 'apps/shop', sidecar: enforce, ...options })

describe('acceptance checklist of a policy plugin', () => {
  test('works when named explicitly, no discovery needed', async () => {
    const reply = await call({ repository: good })
    expect(reply).toMatchObject({ exitCode: 0 })
    expect(reply.manifests()).toEqual([{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { answer: 'yes', version: '1.10', mode: '0644', big: '9007199254740993' } }])
  })

  test('refuses (exit ≠ 0) when the rendered set is empty, unless told otherwise', async () => {
    const empty = repository({ 'apps/shop/README.md': '#' })
    const reply = await call({ repository: empty })
    expect(reply.exitCode).toBe(2)
    expect(reply.stdout).toBe('')
    expect(reply.stderr).toMatch(/^presync: shop is refused: /)
    const allowed = await call({ repository: empty, sidecar: { PRESYNC_PLUGIN_CONFIG: join(repository({ 'c.yaml': 'allow: {emptyOutput: true}' }), 'c.yaml') } })
    expect(allowed).toMatchObject({ exitCode: 0, stdout: '' })
  })

  test('stdout only manifests, `---` between documents, written only after all checks passed', async () => {
    const audit = await call({ sidecar: { PRESYNC_MODE: 'audit' } })
    expect(audit.exitCode).toBe(0)
    expect(audit.manifests().map(({ kind }) => kind)).toEqual(['ConfigMap', 'Pod'])
    expect(audit.stdout.split('\n---\n')).toHaveLength(2)
    const refused = await call({})
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
  })

  test('stderr is at most 2 KiB and ten lines, readable when newlines collapse, the same in every run; no Secret values', async () => {
    const many = repository(Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`apps/shop/p${index}.yaml`, privileged.replace('web', `web-${index}`)])))
    const [first, second] = [await call({ repository: many }), await call({ repository: many })]
    expect(first.stderr).toBe(second.stderr)
    expect(Buffer.byteLength(first.stderr)).toBeLessThanOrEqual(2100)
    const lines = first.stderr.trimEnd().split('\n')
    expect(lines[0]).toMatch(/^presync: shop is refused: 40 violations of 1 policy in 40 of 40 resources \(mode enforce, policies [0-9a-f]{12}\)\.$/)
    expect(lines.slice(1, -1).length).toBeLessThanOrEqual(10)
    expect(lines[1]).toMatch(/^1\. pod-security-baseline\/baseline: Pod shop\/web-0 \(spec\.containers\[0\]\.securityContext\.privileged at apps\/shop\/p0\.yaml:6:\d+\): /)
    expect(lines.at(-1)).toMatch(/^… and \d+ more/)
    expect(first.stderr).not.toMatch(/presync-cmp-|\/tmp\//)

    const leaking = repository({ 'apps/shop/secret.yaml': secret, 'policies/p.yaml': denySecrets })
    const reply = await call({ repository: leaking, request: parameters({ name: 'policies', array: ['/policies'] }) })
    expect(reply.exitCode).toBe(1)
    expect(reply.stderr).toContain('the label is [redacted]')
    expect(reply.stderr).not.toContain('hunter2')
  })

  test('the application\'s author cannot suppress anything: neither by an annotation nor by a baseline', async () => {
    const ignored = privileged.replace('{name: web}', '{name: web, annotations: {presync.dev/ignore: "pod-security-baseline: trust me"}}')
    const root = repository({ 'apps/shop/pod.yaml': ignored, '.presync.yaml': 'baseline: known.json\n', 'apps/shop/.presync.yaml': 'baseline: known.json\n', 'known.json': '{"apiVersion": "presync.dev/v1", "kind": "Baseline", "entries": []}' })
    const reply = await call({ repository: root, request: { ARGOCD_ENV_PRESYNC_BASELINE: '/known.json', ...parameters({ name: 'baseline', string: '/known.json' }) } })
    expect(reply.exitCode).not.toBe(0)
    expect(reply.stdout).toBe('')
    const refused = await call({ repository: root })
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' })
    expect(refused.stderr).toContain('pod-security-baseline/')
  })

  test('finishes under its own deadline with a clear message; what then happens is the platform\'s choice', async () => {
    const config = (text: string) => join(repository({ 'c.yaml': text }), 'c.yaml')
    const many = repository({ 'apps/shop/pods.yaml': Array.from({ length: 6000 }, (_, index) => privileged.replace('web', `web-${index}`)).join('---\n') })
    // A second is over before six thousand pods are read and judged on a busy machine, or not: either way the answer must be one of the two.
    const reply = await call({ repository: many, sidecar: { ...enforce, PRESYNC_PLUGIN_CONFIG: config('deadlineSeconds: 1') } })
    expect(reply.stdout).toBe('')
    expect(reply.stderr).toMatch(/time ran out after 1 s|6,?000 violations/)
  })

  test('enforcement comes from the sidecar; user parameters can only tighten or are allow-listed', async () => {
    const loosen = await call({ request: { ...parameters({ name: 'mode', string: 'audit' }), ARGOCD_ENV_PRESYNC_MODE: 'audit', PARAM_MODE: 'audit' } })
    expect(loosen.exitCode).toBe(1)
    const tighten = await call({ sidecar: { PRESYNC_MODE: 'audit' }, request: parameters({ name: 'mode', string: 'enforce' }) })
    expect(tighten.exitCode).toBe(1)
    const listed = await call({
      sidecar: { PRESYNC_PLUGIN_CONFIG: join(repository({ 'c.yaml': 'mode: enforce\npolicies: ["builtin:pod-security-baseline"]\nallow: {mode: true}' }), 'c.yaml') },
      request: parameters({ name: 'mode', string: 'audit' }),
    })
    expect(listed.exitCode).toBe(0)
  })

  test.each([[{}], [{ ARGOCD_APP_PARAMETERS: 'null' }], [{ ARGOCD_APP_PARAMETERS: '[]' }], [{ ARGOCD_APP_PARAMETERS: '' }]])('parses ARGOCD_APP_PARAMETERS %j', async (request) => {
    expect((await call({ repository: good, request })).exitCode).toBe(0)
  })

  test('a parameter that is not understood is refused', async () => {
    const reply = await call({ repository: good, request: parameters({ name: 'polices', array: ['p'] }) })
    expect(reply).toMatchObject({ exitCode: 2, stdout: '' })
    expect(reply.stderr).toContain("unknown parameter 'polices'")
  })

  test('treats ARGOCD_APP_NAMESPACE as default namespace for evaluation but leaves output namespaces untouched', async () => {
    const reply = await call({ sidecar: { PRESYNC_MODE: 'audit', PRESYNC_LOG: 'json' }, request: { ARGOCD_APP_NAMESPACE: 'elsewhere' } })
    expect(reply.stderr).toContain('Pod elsewhere/web')
    expect(reply.stdout).not.toContain('elsewhere')
  })

  test('YAML 1.1 semantics in, unambiguous output', async () => {
    const odd = repository({ 'apps/shop/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: "on", b: "017", c: "1e3"}\nx: {on: yes, n: 017, big: 9007199254740993}\n' })
    const reply = await call({ repository: odd })
    expect(reply.stdout).toContain('"x":{"true":true,"false":15,"big":9007199254740993}')
    expect(reply.manifests()[0]?.['data']).toEqual({ a: 'on', b: '017', c: '1e3' })
  })

  test('is deterministic for a revision; the set of policies is named', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => call({ request: parameters({ name: 'reportManifest', string: 'true' }), sidecar: { PRESYNC_MODE: 'audit' } })))
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1)
    const report = runs[0]?.manifests().at(-1)
    expect(report).toMatchObject({ kind: 'PolicyReport', metadata: { name: 'presync-shop', namespace: 'shop', annotations: { 'presync.dev/mode': 'audit' } }, summary: { fail: 1 } })
    expect(JSON.stringify(report)).not.toMatch(/timestamp|seconds/)
  })

  test('writes nothing into the unpacked copy', async () => {
    expect((await call({ repository: good })).filesAfter).toEqual([])
  })
})

describe("an attacker's application", () => {
  test('PolicyExceptions of its own repository do not count, neither found nor named, unless the platform allows it', async () => {
    expect((await call({})).exitCode).toBe(1)
    const named = parameters({ name: 'exceptions', array: ['.policies/exception.yaml'] }, { name: 'policies', array: ['.policies'] })
    expect((await call({ request: named })).exitCode).toBe(1)
    const config = join(repository({ 'c.yaml': 'mode: enforce\npolicies: ["builtin:pod-security-baseline"]\nallow: {exceptions: true}' }), 'c.yaml')
    const allowed = await call({ sidecar: { PRESYNC_PLUGIN_CONFIG: config }, request: parameters({ name: 'exceptions', array: ['.policies/exception.yaml'] }) })
    expect(allowed.exitCode).toBe(0)
  })

  test("Kyverno's ConfigMap among its own policies opens nothing; among the platform's it says what the cluster leaves alone", async () => {
    const configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kyverno, namespace: kyverno}\ndata: {resourceFilters: '[Pod,*,*]'}\n"
    const own = repository({ 'apps/shop/pod.yaml': privileged, 'apps/shop/.policies/kyverno.yaml': configMap, 'apps/shop/.policies/secrets.yaml': denySecrets })
    expect((await call({ repository: own, request: parameters({ name: 'policies', array: ['.policies'] }) })).exitCode).toBe(1)
    const platform = join(repository({ 'kyverno.yaml': configMap }), 'kyverno.yaml')
    const config = join(repository({ 'c.yaml': `mode: enforce\npolicies: ["builtin:pod-security-baseline", "${platform}"]` }), 'c.yaml')
    const left = await call({ repository: own, sidecar: { PRESYNC_PLUGIN_CONFIG: config } })
    expect(left.exitCode).toBe(0)
    expect(left.stderr).toContain('says what Kyverno leaves alone')
  })

  test('paths may not leave the repository: parameters, symlinks, the source path', async () => {
    const outside = repository({ 'evil.yaml': denySecrets })
    for (const path of ['../../../../../../etc', `/../../${outside}`, '../../../..']) {
      const reply = await call({ repository: good, request: parameters({ name: 'policies', array: [path] }) })
      expect(reply.exitCode).toBe(2)
      expect(reply.stdout).toBe('')
    }
    const linked = await call({ repository: good, prepare: (root) => symlinkSync(join(outside, 'evil.yaml'), join(root, 'apps/shop/link.yaml')) })
    expect(linked.exitCode).toBe(2)
    expect(linked.stdout).toBe('')
  })

  test('.presync.yaml of the repository says nothing here', async () => {
    const reply = await call({ prepare: (root) => writeFileSync(join(root, 'apps/shop/.presync.yaml'), 'mode: audit\n') })
    expect(reply.exitCode).toBe(1)
  })

  test('its own ConfigMaps do not answer what a platform policy looks up', async () => {
    const policy = `apiVersion: kyverno.io/v1
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
`
    const repo = repository({
      'apps/shop/pod.yaml': privileged,
      'apps/shop/cm.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: registries, namespace: platform}\ndata: {all: "yes"}\n',
    })
    const sidecar = { PRESYNC_POLICY: join(repository({ 'p.yaml': policy }), 'p.yaml') }
    const reply = await call({ repository: repo, sidecar })
    expect(reply.exitCode).toBe(1)
    expect(reply.stderr).toContain('could not be evaluated')
  })

  test('YAML bombs end quickly and are refused', async () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'.split('').map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`).join('\n')}\nkind: ConfigMap\n`
    for (const text of [bomb, `${'['.repeat(100_000)}`, `a: ${'{a: '.repeat(20_000)}`]) {
      const reply = await call({ repository: repository({ 'apps/shop/bomb.yaml': text }), timeoutMs: 20_000 })
      expect(reply).toMatchObject({ exitCode: 2, stdout: '', signal: null })
    }
  })

  test('remote bases are refused offline', async () => {
    const repo = repository({ 'apps/shop/kustomization.yaml': 'resources:\n- https://git.example/base.git//deploy?ref=main\n' })
    const reply = await call({ repository: repo })
    expect(reply).toMatchObject({ exitCode: 2, stdout: '' })
  })
})

describe('policies that cannot be used', () => {
  const broken = { PRESYNC_POLICY: join(repository({ 'p.yaml': 'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: p}\nspec: {rulez: []}\n' }), 'p.yaml') }

  test('are never a pass in enforce mode', async () => {
    const reply = await call({ repository: good, sidecar: { ...broken, PRESYNC_MODE: 'enforce' } })
    expect(reply).toMatchObject({ exitCode: 2, stdout: '' })
    expect(reply.stderr).toContain('its policies cannot be used')
  })

  test('are told in audit mode', async () => {
    const reply = await call({ repository: good, sidecar: { ...broken, PRESYNC_MODE: 'audit' } })
    expect(reply.exitCode).toBe(0)
    expect(reply.stderr).toMatch(/rulez|rules/)
  })

  test('a configuration that is missing or misspelt refuses everything', async () => {
    expect(await call({ repository: good, sidecar: { PRESYNC_PLUGIN_CONFIG: '/nowhere/config.yaml' } })).toMatchObject({ exitCode: 2, stdout: '' })
    const misspelt = join(repository({ 'c.yaml': 'mod: audit\n' }), 'c.yaml')
    const reply = await call({ repository: good, sidecar: { PRESYNC_PLUGIN_CONFIG: misspelt } })
    expect(reply.stderr).toMatch(/unknown field "mod"/)
    expect((await call({ verb: 'init', sidecar: { PRESYNC_PLUGIN_CONFIG: misspelt } })).exitCode).toBe(2)
    expect((await call({ verb: 'init' })).exitCode).toBe(0)
  })
})

test('parameters: a JSON array, whatever happens', async () => {
  for (const sidecar of [enforce, { PRESYNC_PLUGIN_CONFIG: '/nowhere' }] as const) {
    const reply = await call({ verb: 'parameters', sidecar })
    expect(reply.exitCode).toBe(0)
    expect(JSON.parse(reply.stdout)).toMatchObject([{ name: 'mode', collectionType: 'string' }])
  }
})

test('API versions that overflow nothing are passed on; thirty at once all answer', async () => {
  const replies = await Promise.all(Array.from({ length: 30 }, () => call({ repository: good, request: { KUBE_API_VERSIONS: Array.from({ length: 4000 }, (_, index) => `group${index}.example/v1`).join(',') } })))
  expect(replies.map(({ exitCode }) => exitCode)).toEqual(Array(30).fill(0))
})
