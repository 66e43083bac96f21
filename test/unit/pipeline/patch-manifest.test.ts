import { describe, expect, test } from 'vitest'
import { parseManifests } from '../../../src/manifest/index.ts'
import type { JsonPatchOperation } from '../../../src/model/result.ts'
import { applyJsonPatch } from '../../../src/patch/json-patch.ts'
import { patchManifest } from '../../../src/pipeline/patch-manifest.ts'

const manifest = `# the shop
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web # found by it
spec:
  replicas: 2   # enough
  selector: {matchLabels: {app: web}}
  template:
    spec:
      # one
      containers:
      - name: app
        image: "nginx:1" # pinned
        env:
        - {name: A, value: "1"}
      - name: side
        image: car:1
  strategy: Recreate
---
kind: Other
`

describe('only the lines that have to change do', () => {
  test.each<[JsonPatchOperation, readonly string[], readonly string[]]>([
    [{ op: 'replace', path: '/spec/replicas', value: 3 }, ['  replicas: 2   # enough'], ['  replicas: 3   # enough']],
    [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'mirror/nginx:1' }, ['        image: "nginx:1" # pinned'], ['        image: "mirror/nginx:1" # pinned']],
    [{ op: 'add', path: '/metadata/labels', value: { team: 'shop' } }, [], ['  labels:', '    team: shop']],
    [{ op: 'add', path: '/spec/paused', value: true }, [], ['  paused: true']],
    [{ op: 'remove', path: '/spec/strategy' }, ['  strategy: Recreate'], []],
    [{ op: 'add', path: '/spec/selector/matchLabels/tier', value: 'a, b' }, ['  selector: {matchLabels: {app: web}}'], ['  selector: {matchLabels: {app: web, tier: "a, b"}}']],
    [{ op: 'replace', path: '/spec/template/spec/containers/0/env/0/value', value: '2' }, ['        - {name: A, value: "1"}'], ['        - {name: A, value: "2"}']],
    [{ op: 'add', path: '/spec/template/spec/containers/2', value: { name: 'new', args: ['x'] } }, [], ['      - name: new', '        args:', '        - x']],
    [{ op: 'add', path: '/spec/template/spec/containers/0', value: { name: 'new' } }, [], ['      - name: new']],
    [{ op: 'remove', path: '/spec/template/spec/containers/1' }, ['      - name: side', '        image: car:1'], []],
    [{ op: 'replace', path: '/spec/strategy', value: { type: 'Recreate' } }, ['  strategy: Recreate'], ['  strategy:', '    type: Recreate']],
  ])('%j', (change, gone, come) => {
    const [resource] = parseManifests(manifest, 'web.yaml').resources
    if (resource === undefined) throw new Error('no resource')
    const patched = patchManifest(manifest, resource, [change]) ?? ''
    const [before, after] = [manifest.split('\n'), patched.split('\n')]
    expect(before.filter((line) => !after.includes(line))).toEqual(gone)
    expect(after.filter((line) => !before.includes(line))).toEqual(come)
    expect(parseManifests(patched, 'web.yaml').resources[0]?.object).toEqual(applyJsonPatch(resource.object, [change] as never))
  })

  test('a text that does not hold the resource is left alone', () => {
    const [resource] = parseManifests(manifest.replace('name: web', 'name: other'), 'web.yaml').resources
    if (resource === undefined) throw new Error('no resource')
    expect(patchManifest(manifest, resource, [{ op: 'replace', path: '/spec/replicas', value: 3 }])).toBeUndefined()
  })
})
