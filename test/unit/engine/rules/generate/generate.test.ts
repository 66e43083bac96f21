import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../../../../src/model/json.ts'
import type { RuleResult } from '../../../../../src/model/result.ts'
import { compileRules, evaluateOn, makeEnvironment, toResource } from '../../../../support/evaluation.ts'

const rule = (generate: string, extra = ''): string => `- name: r
  match: {any: [{resources: {kinds: [Namespace]}}]}
${extra}  generate:
${generate.trim().replace(/^/gm, '    ')}`

const namespace: JsonObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'team', uid: 'u1', labels: { list: 'a,b' } } }
const target = 'apiVersion: v1\nkind: ConfigMap\nname: made\nnamespace: "{{request.object.metadata.name}}"\n'

const origin = {
  'app.kubernetes.io/managed-by': 'kyverno',
  'generate.kyverno.io/policy-name': 'p', 'generate.kyverno.io/policy-namespace': '', 'generate.kyverno.io/rule-name': 'r',
  'generate.kyverno.io/trigger-group': '', 'generate.kyverno.io/trigger-version': 'v1', 'generate.kyverno.io/trigger-kind': 'Namespace',
  'generate.kyverno.io/trigger-namespace': '', 'generate.kyverno.io/trigger-uid': 'u1',
}

function generated(results: readonly RuleResult[]): unknown {
  return results.flatMap((result) => (result.status === 'pass' ? result.generated ?? [] : [])).map(({ object }) => object)
}

describe('generate', () => {
  test('data, with name, place and origin', () => {
    const { results } = evaluateOn(namespace, [compileRules(rule(`${target}data: {metadata: {labels: {own: "1"}}, data: {of: "{{request.object.metadata.uid}}"}}`))])
    expect(results).toMatchObject([{ status: 'pass', ruleType: 'generate', message: '' }])
    expect(generated(results)).toEqual([{
      apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'made', namespace: 'team', labels: { own: '1', ...origin } }, data: { of: 'u1' },
    }])
  })

  test.each([
    ['preconditions that do not hold', '  preconditions: {all: [{key: a, operator: Equals, value: b}]}\n', 'skip', ''],
    ['preconditions that cannot be evaluated', '  preconditions: {all: [{key: "{{request.object.none}}", operator: Equals, value: b}]}\n', 'error', expect.stringMatching(/^failed to evaluate conditions: /) as unknown],
  ])('%s', (_name, extra, status, message) => {
    const { results } = evaluateOn(namespace, [compileRules(rule(`${target}data: {data: {}}`, extra))])
    expect(results).toMatchObject([{ status, message }])
  })

  test('foreach makes one for each element that it is for', () => {
    const { results } = evaluateOn(namespace, [compileRules(rule(`foreach:
- list: request.object.metadata.labels.list | split(@, ',')
  preconditions: {all: [{key: "{{element}}", operator: NotEquals, value: a}]}
  apiVersion: v1
  kind: ConfigMap
  name: "{{element}}-{{elementIndex}}"
  namespace: team
  data: {data: {is: "{{element}}"}}`))])
    expect(generated(results)).toMatchObject([{ metadata: { name: 'b-1' }, data: { is: 'b' } }])
  })

  const source: JsonObject = {
    apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'source', namespace: 'default', uid: 's1', resourceVersion: '7', ownerReferences: [], labels: { x: 'y' } }, data: { a: '1' },
  }
  const copied = {
    'generate.kyverno.io/clone-source': '', 'generate.kyverno.io/source-group': '', 'generate.kyverno.io/source-version': 'v1', 'generate.kyverno.io/source-kind': 'ConfigMap',
    'generate.kyverno.io/source-namespace': 'default', 'generate.kyverno.io/source-uid': 's1',
  }
  const clone = compileRules(rule(`${target}clone: {name: source, namespace: default}`))

  test('clones what a cluster holds', () => {
    const { results } = evaluateOn(namespace, [clone], makeEnvironment({}, (request) => (request.kind === 'resource' && request.resource === 'configmaps' && request.name === 'source' ? source : undefined)))
    expect(generated(results)).toEqual([{
      apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'made', namespace: 'team', labels: { x: 'y', ...copied, ...origin } }, data: { a: '1' },
    }])
  })

  test('clones what the CLI is given', () => {
    const environment = makeEnvironment({ semantics: 'cli', cloneSources: (_policy, name) => (name === 'r' ? [toResource(source)] : []) })
    expect(generated(evaluateOn(namespace, [clone], environment).results)).toMatchObject([{ metadata: { name: 'made' }, data: { a: '1' } }])
  })

  test('lists of clones, by label and never into their own namespace', () => {
    const policy = compileRules(rule('namespace: team\ncloneList: {namespace: default, kinds: [v1/ConfigMap, v1/Secret], selector: {matchLabels: {x: "y"}}}'))
    const items = [source, { ...source, metadata: { name: 'other', namespace: 'default' } }, { ...source, metadata: { name: 'here', namespace: 'team', labels: { x: 'y' } } }]
    const { results } = evaluateOn(namespace, [policy], makeEnvironment({}, (request) => (request.kind === 'resourceList' && request.resource === 'configmaps' ? { items } : { items: [] })))
    expect(generated(results)).toMatchObject([{ metadata: { name: 'source', namespace: 'team' } }])
  })

  test('a source that nobody supplied is named; admission does not depend on it', () => {
    const { results } = evaluateOn(namespace, [clone])
    expect(results).toMatchObject([{ status: 'pass', missing: [{ what: 'resource' }] }])
    expect(generated(results)).toEqual([])
  })
})
