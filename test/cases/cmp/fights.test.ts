import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { callPlugin } from '../../support/cmp-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'presync-fights-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const files = {
  'apps/shop/web.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers: [{name: app, image: "nginx:1"}]
`,
  'policies/policies.yaml': `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: scale}
spec:
  rules:
  - name: up
    match: {any: [{resources: {kinds: [Deployment]}}]}
    mutate: {patchStrategicMerge: {spec: {replicas: 3}}}
`,
  'policies/image.yaml': `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: registry}
spec:
  rules:
  - name: own
    match: {any: [{resources: {kinds: [Deployment]}}]}
    mutate: {patchStrategicMerge: {spec: {template: {spec: {containers: [{name: app, image: "registry.corp/nginx:1"}]}}}}}
`,
  'restless/append.yaml': `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: restless}
spec:
  rules:
  - name: count
    match: {any: [{resources: {kinds: [Deployment]}}]}
    mutate: {patchStrategicMerge: {spec: {replicas: "{{ add(request.object.spec.replicas, \`1\`) }}"}}}
`,
}
for (const [name, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}
const configure = (text: string): string => {
  const path = join(folder, `platform-${Math.abs([...text].reduce((hash, letter) => (hash * 31 + letter.charCodeAt(0)) | 0, 7))}.yaml`)
  writeFileSync(path, text)
  return path
}
const run = (config: string) => callPlugin({ repository: folder, path: 'apps/shop', sidecar: { PRESYNC_PLUGIN_CONFIG: configure(config) } })
const policies = `policies: [${join(folder, 'policies')}]\n`

describe('ignoreDifferences', () => {
  test('off by default: manifests and log say nothing of it', async () => {
    const reply = await run(policies)
    expect(reply.exitCode).toBe(0)
    expect(reply.stderr).not.toContain('ignoreDifferences')
  })

  test('report: the log names the entries and why; the report object carries them; manifests stay', async () => {
    const reply = await run(`${policies}ignoreDifferences: report\nreportManifest: true\n`)
    const [deployment, report] = reply.manifests() as readonly { spec?: object; metadata: { annotations?: Record<string, string> } }[]
    expect(deployment).toMatchObject({ spec: { replicas: 1 } })
    expect(deployment?.metadata.annotations).toBeUndefined()
    expect(reply.stderr).toContain('# presync: ClusterPolicy scale, rule up: spec.replicas')
    expect(reply.stderr).toContain('- .spec.template.spec.containers[] | select(.name == "app") | .image')
    expect(JSON.parse(report?.metadata.annotations?.['presync.dev/ignore-differences'] ?? '')).toMatchObject([{ group: 'apps', kind: 'Deployment', name: 'web', jsonPointers: ['/spec/replicas'] }])
  })

  test('report, in a log of JSON lines', async () => {
    const reply = await run(`${policies}ignoreDifferences: report\nlog: json\n`)
    const lines = reply.stderr.trim().split('\n').filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines.find((line) => 'ignoreDifferences' in line)).toMatchObject({ ignoreDifferences: [{ kind: 'Deployment' }], reasons: ['ClusterPolicy scale, rule up: spec.replicas', expect.any(String)] })
  })

  test('annotate: what pointers can say stands on the resource, what they cannot is said', async () => {
    const only = join(folder, 'policies', 'policies.yaml')
    const reply = await run(`policies: [${only}]\nignoreDifferences: annotate\n`)
    expect(reply.manifests()).toMatchObject([{ metadata: { annotations: { 'argocd.argoproj.io/ignore-differences-json-pointers': '/spec/replicas' } } }])
    expect(reply.stderr).toContain('RespectIgnoreDifferences=true')
    const both = await run(`${policies}ignoreDifferences: annotate\n`)
    expect(both.manifests()[0]).not.toHaveProperty('metadata.annotations')
    expect(both.stderr).toContain('Deployment web is not annotated, its entry belongs into the Application')
  })
})

describe('applyMutations', () => {
  test('mutate rules are applied at render, and each change is said', async () => {
    const reply = await run(`${policies}applyMutations: true\nignoreDifferences: report\n`)
    expect(reply.manifests()).toMatchObject([{ metadata: { name: 'web' }, spec: { replicas: 3, template: { spec: { containers: [{ name: 'app', image: 'registry.corp/nginx:1' }] } } } }])
    expect(reply.manifests()[0]).not.toHaveProperty('metadata.namespace')
    expect(reply.stderr).toContain('applied to apps/Deployment')
    expect(reply.stderr).toContain('ClusterPolicy scale, rule up: spec.replicas')
    expect(reply.stderr).not.toContain('jsonPointers')
  })

  test('a rule that changes its own outcome is not applied', async () => {
    const reply = await run(`policies: [${join(folder, 'restless')}]\napplyMutations: true\n`)
    expect(reply.manifests()).toMatchObject([{ spec: { replicas: 1 } }])
    expect(reply.stderr).toContain('would do so at every render')
  })
})
