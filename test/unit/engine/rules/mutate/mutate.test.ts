import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/model/json.ts'
import { applyJsonPatch } from '../../../../../src/patch/json-patch.ts'
import { compileRules, evaluateOn, makeEnvironment, toResource } from '../../../../support/evaluation.ts'

const rule = (mutate: string, extra = ''): string => `- name: r
  match: {any: [{resources: {kinds: [ConfigMap, Deployment]}}]}
${extra}  mutate:
${mutate.trim().replace(/^/gm, '    ')}`

const configMap = (data: JsonObject, metadata: JsonObject = {}): JsonObject =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'n', ...metadata }, data })

const deployment = (spec: JsonObject): JsonObject => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec })

interface Case {
  readonly name: string
  readonly mutate: string
  readonly extra?: string
  readonly object: JsonObject
  readonly status: string
  readonly message: string
  readonly after?: JsonObject
}

const cases: readonly Case[] = [
  {
    name: 'a strategic merge', mutate: 'patchStrategicMerge: {data: {b: "2"}}', object: configMap({ a: '1' }),
    status: 'pass', message: 'mutated ConfigMap/c in namespace n', after: configMap({ a: '1', b: '2' }),
  },
  { name: 'a merge of what is there', mutate: 'patchStrategicMerge: {data: {a: "1"}}', object: configMap({ a: '1' }), status: 'skip', message: 'no patches applied' },
  { name: 'a condition that does not hold', mutate: 'patchStrategicMerge: {data: {(a): "2", b: "2"}}', object: configMap({ a: '1' }), status: 'skip', message: 'no patches applied' },
  {
    name: 'a JSON patch as YAML', mutate: 'patchesJson6902: |-\n  - {op: add, path: /data/b, value: "{{request.object.metadata.name}}"}', object: configMap({ a: '1' }),
    status: 'pass', message: 'mutated ConfigMap/c in namespace n', after: configMap({ a: '1', b: 'c' }),
  },
  {
    name: 'a JSON patch as JSON, making what is on the way', mutate: 'patchesJson6902: \'[{"op":"add","path":"/metadata/labels/x","value":"y"}]\'', object: configMap({}),
    status: 'pass', message: 'mutated ConfigMap/c in namespace n', after: configMap({}, { labels: { x: 'y' } }),
  },
  {
    name: 'a path that is not there', mutate: 'patchesJson6902: \'[{"op":"replace","path":"/data/x","value":"y"}]\'', object: configMap({}),
    status: 'error', message: expect.stringMatching(/^failed to patch resource: /) as unknown as string,
  },
  {
    name: 'a field taken out and put back, which stands elsewhere afterwards', mutate: 'patchesJson6902: \'[{"op":"remove","path":"/data/a"},{"op":"add","path":"/data/a","value":"1"}]\'',
    object: configMap({ a: '1', b: '2' }), status: 'pass', message: 'mutated ConfigMap/c in namespace n', after: configMap({ a: '1', b: '2' }),
  },
  {
    name: 'an unknown variable', mutate: 'patchStrategicMerge: {data: {b: "{{request.object.data.none}}"}}', object: configMap({}),
    status: 'error', message: expect.stringMatching(/^variable substitution failed: /) as unknown as string,
  },
  {
    name: 'preconditions that do not hold', mutate: 'patchStrategicMerge: {data: {b: "2"}}', extra: '  preconditions: {all: [{key: a, operator: Equals, value: b, message: "no"}]}\n',
    object: configMap({}), status: 'skip', message: 'preconditions not met; no',
  },
  {
    name: 'foreach over JSON patches, in order',
    mutate: `foreach:
- list: request.object.spec.list
  preconditions: {all: [{key: "{{element}}", operator: NotEquals, value: b}]}
  patchesJson6902: |-
    - {op: add, path: /spec/out/-, value: "{{element}}{{elementIndex}}"}`,
    object: deployment({ list: ['a', 'b', 'c'], out: [] }), status: 'pass', message: 'mutated Deployment/d',
    after: deployment({ list: ['a', 'b', 'c'], out: ['a0', 'c2'] }),
  },
  {
    name: 'foreach backwards', mutate: `foreach:
- list: request.object.spec.list
  order: Descending
  patchesJson6902: |-
    - {op: add, path: /spec/out/-, value: "{{element}}{{elementIndex}}"}`,
    object: deployment({ list: ['a', 'b'], out: [] }), status: 'pass', message: 'mutated Deployment/d', after: deployment({ list: ['a', 'b'], out: ['b1', 'a0'] }),
  },
  {
    name: 'the second foreach sees what the first one changed; elements of one do not', mutate: `foreach:
- list: "[\`1\`, \`2\`]"
  patchesJson6902: |-
    - {op: add, path: /spec/out/-, value: "{{length(request.object.spec.out)}}"}
- list: "[\`3\`]"
  patchesJson6902: |-
    - {op: add, path: /spec/out/-, value: "{{length(request.object.spec.out)}}"}`,
    object: deployment({ out: [] }), status: 'pass', message: 'mutated Deployment/d', after: deployment({ out: ['0', '0', '2'] }),
  },
  {
    name: 'nested foreach', mutate: `foreach:
- list: request.object.spec.outer
  foreach:
  - list: element.inner
    patchesJson6902: |-
      - {op: add, path: /spec/out/-, value: "{{element0.name}}{{element1}}"}`,
    object: deployment({ outer: [{ name: 'x', inner: ['1', '2'] }, { name: 'y', inner: ['3'] }], out: [] }), status: 'pass', message: 'mutated Deployment/d',
    after: deployment({ outer: [{ name: 'x', inner: ['1', '2'] }, { name: 'y', inner: ['3'] }], out: ['x1', 'x2', 'y3'] }),
  },
  { name: 'foreach over nothing', mutate: 'foreach:\n- list: request.object.spec.list\n  patchStrategicMerge: {a: b}', object: deployment({ list: [] }), status: 'skip', message: '0 elements processed' },
  {
    name: 'foreach over what is not there', mutate: 'foreach:\n- list: request.object.spec.none\n  patchStrategicMerge: {a: b}', object: deployment({}),
    status: 'error', message: expect.stringMatching(/^failed to evaluate list request\.object\.spec\.none: (.+): \1$/) as unknown as string,
  },
  {
    name: 'foreach that fails at an element', mutate: 'foreach:\n- list: "[`1`]"\n  patchesJson6902: \'[{"op":"replace","path":"/x/y","value":1}]\'', object: deployment({}),
    status: 'error', message: expect.stringMatching(/^failed to mutate elements: failed to patch resource: /) as unknown as string,
  },
]

describe('mutate', () => {
  test.each(cases)('$name', ({ mutate, extra, object, status, message, after }) => {
    const { results, resource } = evaluateOn(object, [compileRules(rule(mutate, extra), '  admission: true\n')])
    expect(results).toMatchObject([{ rule: 'r', ruleType: 'mutate', status, message }])
    expect(resource.object).toEqual(after ?? object)
    const [result] = results
    if (result?.status === 'pass') expect(applyJsonPatch(object, (result.changes ?? []) as unknown as JsonValue)).toEqual(after)
  })

  const label = (name: string, value: string): string => `- name: ${name}\n  match: {any: [{resources: {kinds: [ConfigMap]}}]}\n  mutate: {patchStrategicMerge: {metadata: {labels: ${value}}}}`
  const wantsLabel = `- name: wants
  match: {any: [{resources: {kinds: [ConfigMap]}}]}
  validate: {message: "no", pattern: {metadata: {labels: {a: "?*"}}}}`

  test('later rules and policies see earlier changes', () => {
    const policies = [compileRules(wantsLabel), compileRules(`${label('one', '{a: "1"}')}\n${label('two', '{b: "{{request.object.metadata.labels.a}}"}')}`)]
    const { results, resource } = evaluateOn(configMap({}), policies)
    expect(results.map(({ rule: name, status }) => [name, status])).toEqual([['one', 'pass'], ['two', 'pass'], ['wants', 'pass']])
    expect(resource.object).toMatchObject({ metadata: { labels: { a: '1', b: '1' } } })
  })

  test('a failed mutation silences later policies in the CLI only', () => {
    const policies = [compileRules(label('broken', '{b: "{{request.object.none}}"}')), compileRules(wantsLabel)]
    const statuses = (semantics: 'cli' | 'cluster') => evaluateOn(configMap({}), policies, makeEnvironment({ semantics })).results.map(({ status }) => status)
    expect(statuses('cli')).toEqual(['error'])
    expect(statuses('cluster')).toEqual(['error', 'fail'])
  })
})

describe('mutate existing', () => {
  const policy = compileRules(`- name: r
  match: {any: [{resources: {kinds: [ConfigMap]}}]}
  mutate:
    targets:
    - {apiVersion: v1, kind: Secret, namespace: "{{request.object.data.where}}", name: "s*", preconditions: {all: [{key: "{{target.metadata.name}}", operator: NotEquals, value: s2}]}}
    patchStrategicMerge: {metadata: {labels: {of: "{{request.object.metadata.name}}", was: "{{target.metadata.labels.is}}"}}}`, '  background: false\n')
  const secret = (name: string, namespace = 'n') => toResource({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace, labels: { is: name } } })
  const targets = [secret('s1'), secret('s2'), secret('s3', 'other'), secret('t')]

  test.each(['cli', 'cluster'] as const)('changes what it names, never the trigger (%s)', (semantics) => {
    const { results, resource } = evaluateOn(configMap({ where: 'n' }), [policy], makeEnvironment({ semantics, targets }))
    expect(results.map(({ status, message }) => [status, message])).toEqual([['pass', 'mutated Secret/s1 in namespace n'], ['skip', 'preconditions not met']])
    expect(results[0]).toMatchObject({ targets: [{ before: { id: { name: 's1' } }, after: { object: { metadata: { labels: { is: 's1', of: 'c', was: 's1' } } } } }] })
    expect(resource.object).toEqual(configMap({ where: 'n' }))
  })

  test('without a cluster the CLI has an error, admission nothing to say', () => {
    expect(evaluateOn(configMap({}), [policy], makeEnvironment({ semantics: 'cli' })).results).toMatchObject([{ status: 'error', message: expect.stringContaining('failed to instantiate handler') as string }])
    expect(evaluateOn(configMap({}), [policy]).results).toEqual([])
  })
})
