import { describe, expect, test } from 'vitest'
import { parseManifests } from '../../../src/manifest/index.ts'
import type { SourceLocation } from '../../../src/model/source.ts'

const at = (location: SourceLocation | undefined): string => (location === undefined ? 'nowhere' : `${location.file}:${location.line}:${location.column}`)
const config = (name: string): string => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`

/** What a file comes to: names of resources, and problems with their places. */
function summarize(text: string): { names: string[]; problems: string[] } {
  const { resources, problems } = parseManifests(text, 'f.yaml')
  return { names: resources.map(({ id }) => id.name), problems: problems.map(({ code, severity, location }) => `${severity} ${code} ${at(location)}`) }
}

describe('parseManifests', () => {
  test('reads documents, skips empty ones and comments', () => {
    expect(summarize(`# head\n---\n${config('a')}---\n# nothing\n---\n\n--- # next\n${config('b')}---\n`)).toEqual({ names: ['a', 'b'], problems: [] })
  })

  test('tells group, version, kind, namespace and name', () => {
    const { resources } = parseManifests('apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d, namespace: ns}', 'f')
    expect(resources[0]?.id).toEqual({ group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'ns', name: 'd' })
  })

  test('a broken document is a problem with its place; the others count', () => {
    expect(summarize(`${config('a')}---\nkind: [\n---\n${config('b')}---\na: b: c\n`)).toEqual({ names: ['a', 'b'], problems: ['error INVALID_YAML f.yaml:7:1', 'error INVALID_YAML f.yaml:13:5'] })
  })

  test('text behind a separator is a problem', () => {
    expect(summarize(`${config('a')}--- x\n${config('b')}`)).toEqual({ names: ['a', 'b'], problems: ['error INVALID_YAML f.yaml:5:4'] })
  })

  test('a duplicate key is a warning with its place', () => {
    expect(summarize(`${config('a')}data: {}\nkind: ConfigMap\n`).problems).toEqual(['warning DUPLICATE_KEY f.yaml:6:1'])
  })

  test('what is not a resource is a problem', () => {
    expect(summarize('just text\n---\n- a\n---\na: 1\n---\napiVersion: v1\nkind: 3\n---\napiVersion: v1\nkind: Pod\n---\napiVersion: v1\nkind: Pod\nmetadata: {generateName: x-}\n')).toEqual({
      names: ['', ''],
      problems: ['error NOT_A_RESOURCE f.yaml:1:1', 'error NOT_A_RESOURCE f.yaml:3:1', 'error NOT_A_RESOURCE f.yaml:5:1', 'error NOT_A_RESOURCE f.yaml:8:1', 'error RESOURCE_WITHOUT_NAME f.yaml:10:1'],
    })
  })

  test('lists are taken apart and places lead into them', () => {
    const text = 'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n- apiVersion: v1\n  kind: PodList\n  items:\n  - metadata:\n      name: b\n'
    const { resources, problems } = parseManifests(text, 'f.yaml')
    expect(problems).toEqual([])
    expect(resources.map(({ id, source, locate }, index) => [id.kind, id.name, at(source), at(resources[index]?.locate(['metadata', 'name'])), typeof locate])).toEqual([
      ['Pod', 'a', 'f.yaml:4:3', 'f.yaml:6:14', 'function'], ['Pod', 'b', 'f.yaml:10:5', 'f.yaml:11:7', 'function'],
    ])
  })

  test('a custom resource with items is no list', () => {
    expect(summarize('apiVersion: x/v1\nkind: Menu\nmetadata: {name: m}\nitems: [{name: soup}]').names).toEqual(['m'])
  })

  test('the place of a missing field is that of its nearest parent', () => {
    const { resources } = parseManifests(`# c\n${config('a')}data:\n  k: v\n`, 'f')
    const [resource] = resources
    expect([['data', 'k'], ['data', 'x', 0], ['spec'], ['metadata', 'name']].map((path) => at(resource?.locate(path)))).toEqual(['f:7:3', 'f:6:1', 'f:2:1', 'f:5:3'])
  })

  test('JSON: one object, a stream, and places in both', () => {
    const pod = (name: string): string => `{"apiVersion": "v1", "kind": "Pod",\n "metadata": {"name": "${name}"}}`
    const { resources, problems } = parseManifests(`${pod('a')} ${pod('b')}\n\n  ${pod('c')}\n`, 'f')
    expect(problems).toEqual([])
    expect(resources.map((resource) => [resource.id.name, at(resource.source), at(resource.locate(['metadata', 'name']))])).toEqual([['a', 'f:1:1', 'f:2:15'], ['b', 'f:2:29', 'f:3:15'], ['c', 'f:5:3', 'f:6:15']])
  })

  test('a broken JSON stream keeps what came before', () => {
    expect(summarize('{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}{"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}}{"a" 1}')).toEqual({ names: ['a', 'b'], problems: ['error INVALID_JSON f.yaml:1:118'] })
  })

  test('YAML may follow one JSON object', () => {
    expect(summarize(`{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}\n---\n${config('b')}`)).toEqual({ names: ['a', 'b'], problems: [] })
  })

  test('limits', () => {
    expect(parseManifests(config('a'), 'f', { maxSize: 10 }).problems[0]?.code).toBe('LIMIT_EXCEEDED')
    expect(parseManifests(`${config('a')}---\n`.repeat(3), 'f', { maxDocuments: 2 }).problems[0]?.code).toBe('LIMIT_EXCEEDED')
    expect(parseManifests('[[[1]]]', 'f', { maxDepth: 2 }).problems[0]?.code).toBe('LIMIT_EXCEEDED')
  })

  test.each([
    ['{"a":1}{"b":2}', [{ a: 1 }, { b: 2 }]], ['\u00a0\n{"a":1}\n{"b":2}', [{ a: 1 }]], [' {"a":1}\n# end\n---\nb: 2', [{ a: 1 }, { b: 2 }]], ['\u00a0{"a":1}\n---\nb: 2', [{ a: 1 }, { b: 2 }]],
  ])('white space before JSON that JSON does not know makes it YAML: %j', (text, expected) => {
    expect(parseManifests(text, 'f').documents.map(({ value }) => value)).toEqual(expected)
  })

  test('integers beyond 2^53 keep their digits; a byte order mark and Windows line ends do no harm', () => {
    const { resources, problems } = parseManifests(`\ufeff${config('a')}spec: 9007199254740993\n`.replaceAll('\n', '\r\n'), 'f')
    expect(problems).toEqual([])
    expect(resources[0]?.object['spec']).toBe(9007199254740993n)
  })
})
