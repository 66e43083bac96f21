import { describe, expect, test } from 'vitest'
import { compileExclusion } from '../../../src/engine/index.ts'
import { parseManifests } from '../../../src/manifest/index.ts'
import { parsePolicies } from '../../../src/policy/index.ts'

const configMap = (data: string, name = 'kyverno'): string => `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: kyverno }
data:
${data}
`
const read = (text: string) => parsePolicies(parseManifests(text, 'kyverno.yaml').resources)

const isExcluded = (data: string, resource: string, namespaceLabels = {}): boolean => {
  const [found] = parseManifests(resource, 'r.yaml').resources
  return compileExclusion(read(configMap(data)).configurations)?.({ resource: found!, operation: 'CREATE', namespaceLabels }) ?? false
}
const object = (kind: string, namespace: string | undefined, name = 'a', labels = '{}'): string =>
  `{ apiVersion: v1, kind: ${kind}, metadata: { name: ${name}, labels: ${labels}${namespace === undefined ? '' : `, namespace: ${namespace}`} } }`

describe("what Kyverno's ConfigMap keeps from all policies", () => {
  const filters = "  resourceFilters: '[*/*,kube-system,*] [Event,*,*]\n    [Pod,shop,job-*][Node][Secret/?*,*,*]'"

  test.each<[resource: string, excluded: boolean]>([
    [object('Pod', 'kube-system'), true],
    [object('Namespace', undefined, 'kube-system'), true],
    [object('Namespace', undefined, 'shop'), false],
    [object('Event', 'shop'), true],
    [object('Pod', 'shop', 'job-1'), true],
    [object('Pod', 'shop', 'web'), false],
    // Without a name in the filter only what has none is meant.
    [object('Node', undefined), false],
    [object('Secret', 'shop'), false],
  ])('filters: %s %s', (resource, excluded) => {
    expect(isExcluded(filters, resource)).toBe(excluded)
  })

  const webhooks = `  webhooks: '{"namespaceSelector":{"matchExpressions":[{"key":"kubernetes.io/metadata.name","operator":"NotIn","values":["kube-system"]},{"key":"open","operator":"DoesNotExist"}]},"objectSelector":{"matchExpressions":[{"key":"skip","operator":"DoesNotExist"}]}}'`

  test.each<[resource: string, excluded: boolean]>([
    [object('Pod', 'kube-system'), true],
    [object('Pod', 'shop'), false],
    [object('Pod', 'shop', 'web', '{ skip: x }'), true],
    [object('Namespace', undefined, 'kube-system'), true],
    [object('Namespace', undefined, 'shop', '{ open: x }'), true],
    [object('Node', undefined), false],
  ])('selectors of webhooks: %s %s', (resource, excluded) => {
    expect(isExcluded(webhooks, resource)).toBe(excluded)
  })

  test('labels of a namespace are those that are known of it', () => {
    expect(isExcluded(webhooks, object('Pod', 'shop'), { open: 'x' })).toBe(true)
  })

  test('older versions list the selectors', () => {
    expect(isExcluded(`  webhooks: '[{"objectSelector":{"matchLabels":{"a":"b"}}}]'`, object('Pod', 'shop'))).toBe(true)
  })

  test.each([
    ['another name', configMap("  resourceFilters: '[Pod,*,*]'", 'other')],
    ['other data', configMap('  a: b')],
    ['another kind', configMap("  resourceFilters: '[Pod,*,*]'").replace('ConfigMap', 'Secret')],
  ])('%s says nothing', (_, text) => {
    expect(read(text).configurations).toEqual([])
  })

  test('what is no JSON is a warning', () => {
    expect(read(configMap("  webhooks: '{'")).problems).toMatchObject([{ severity: 'warning', code: 'INVALID_POLICY', location: { line: 5 } }])
  })

  test('that leaves nothing out costs nothing', () => {
    expect(compileExclusion([{ resourceFilters: [] }])).toBeUndefined()
  })
})
