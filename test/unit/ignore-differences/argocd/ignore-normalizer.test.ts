import { describe, expect, test } from 'vitest'
import { compileGlob } from '../../../../src/ignore-differences/argocd/glob.ts'
import { compileIgnoreDifferences, type IgnoreDifference } from '../../../../src/ignore-differences/index.ts'

const deployment = {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'retail', annotations: { 'a/b': 'x' } },
  spec: { replicas: 3, template: { spec: { containers: [{ name: 'app', image: 'nginx:1' }, { name: 'log', image: 'busybox' }] } } },
}
const normalize = (...entries: IgnoreDifference[]) => compileIgnoreDifferences(entries).normalize(deployment)

describe('which objects an entry is for', () => {
  test.each<[entry: Partial<IgnoreDifference>, matches: boolean]>([
    [{ group: 'apps', kind: 'Deployment' }, true],
    [{ group: '{apps,batch}', kind: '{Deploy,Stateful}*' }, true],
    [{ group: '*', kind: '[DS]*' }, true],
    [{ kind: 'Deployment' }, false],
    [{ group: 'apps', kind: 'deployment' }, false],
    [{ group: 'apps', kind: 'Deployment', name: 'web', namespace: 'retail' }, true],
    [{ group: 'apps', kind: 'Deployment', name: 'we*' }, false],
    [{ group: 'apps', kind: 'Deployment', namespace: 'other' }, false],
  ])('%j', (entry, matches) => {
    expect('replicas' in (normalize({ kind: '', jsonPointers: ['/spec/replicas'], ...entry }).object['spec'] as object)).toBe(!matches)
  })

  test.each<[glob: string, text: string, matches: boolean | undefined]>([
    ['*.kyverno.io', 'policies.kyverno.io', true], ['*.kyverno.io', 'kyverno.io', false], ['*kyverno.io', 'kyverno.io', true],
    ['?aemonSet', 'DaemonSet', true], ['[!A]idget', 'Widget', true], ['[^A]idget', 'Widget', false], ['[^A]idget', '^idget', true],
    ['[a-c]x', 'bx', true], ['[a-c]x', 'dx', false], ['[c-a]x', 'bx', undefined], ['[', 'x', undefined], ['[]', 'x', undefined],
    ['{Widget', 'Widget', true], ['a\\*', 'a*', true], ['a\\*', 'ab', false], ['{a,{b,c}d}', 'cd', true], ['a.b', 'axb', false], ['**', 'any/thing', true],
    ['!Widget', 'Gadget', false],
  ])('glob %s on %s', (glob, text, matches) => {
    expect(compileGlob(glob)?.(text)).toBe(matches)
  })

  test('a glob takes linear time', () => {
    expect(compileGlob(`${'*a'.repeat(50)}b`)?.('a'.repeat(5000))).toBe(false)
  })
})

describe('what is removed', () => {
  const entry = (more: Partial<IgnoreDifference>): IgnoreDifference => ({ group: 'apps', kind: 'Deployment', ...more })

  test('pointers, then expressions, each on what the ones before left', () => {
    const { object, failures } = normalize(entry({
      jsonPointers: ['/spec/template/spec/containers/0', '/spec/template/spec/containers/0/image', '/metadata/annotations/a~1b', '/not/there'],
      jqPathExpressions: ['.spec.replicas'],
    }))
    expect(object['spec']).toEqual({ template: { spec: { containers: [{ name: 'log' }] } } })
    expect(object['metadata']).toEqual({ name: 'web', namespace: 'retail', annotations: {} })
    expect(failures).toEqual([])
  })

  test.each<[pointer: string, failure: RegExp | undefined]>([
    ['/spec/template/spec/containers/-', /invalid syntax/], ['/spec/template/spec/containers/9', /invalid index/], ['/spec/x/y', undefined], ['spec', undefined], ['', undefined], ['/', undefined],
  ])('pointer "%s" removes nothing', (pointer, failure) => {
    const { object, failures } = normalize(entry({ jsonPointers: [pointer] }))
    expect(object).toEqual(deployment)
    if (failure === undefined) expect(failures).toEqual([])
    else expect(failures[0]).toMatch(failure)
  })

  test('an expression that fails on the object is skipped, the others are not', () => {
    const { object, failures } = normalize(entry({ jqPathExpressions: ['.spec.missing[]', '.spec.replicas', '.spec, error("x")'] }))
    expect(Object.keys(object['spec'] as object)).toEqual(['template'])
    expect(failures).toEqual(['JQ patch returned error: cannot iterate over: null', 'JQ patch returned error: error: x'])
  })

  test('one that does not compile fails all, whatever it is for', () => {
    expect(() => compileIgnoreDifferences([{ kind: 'Other', jqPathExpressions: ['.metadata.labels.a/b'] }])).toThrow('function not defined: b/0')
  })

  test('text that closes the parenthesis goes on behind it', () => {
    const { object } = normalize(entry({ jqPathExpressions: ['.nothing) | .spec.replicas |= (. + 1'] }))
    expect((object['spec'] as { replicas: number }).replicas).toBe(4)
    expect(normalize(entry({ jqPathExpressions: ['.a), (.b'] })).failures).toEqual(['JQ patch returned multiple objects'])
    expect(normalize(entry({ jqPathExpressions: ['.a), (error("b")'] })).failures).toEqual(['JQ patch returned multiple objects'])
    expect(normalize(entry({ jqPathExpressions: ['.a) | .spec.replicas = (-infinite'] })).failures).toEqual(['json: unsupported value: -Inf'])
    expect(normalize(entry({ jqPathExpressions: ['.a) | (empty'] })).failures).toEqual(['JQ patch did not return any data'])
  })

  test('an object that loses its kind is what is left', () => {
    expect(normalize(entry({ jsonPointers: ['/kind'] })).error).toBe("Object 'Kind' is missing")
    expect(normalize(entry({ jqPathExpressions: ['.'] })).object).toEqual({})
  })
})
