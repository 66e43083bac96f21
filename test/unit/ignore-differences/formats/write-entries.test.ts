import { describe, expect, test } from 'vitest'
import { readApplications, writeEntries, type PlannedEntry } from '../../../../src/ignore-differences/index.ts'

const head = `# the shop
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}   # found by name
spec:
  project: default # ours

  source: {repoURL: x, path: .}
`
const planned = (name: string): PlannedEntry => ({
  entry: { group: 'apps', kind: 'Deployment', name, namespace: 'shop', jsonPointers: ['/spec/replicas'] },
  reasons: [{ path: '/spec/replicas', field: 'spec.replicas', resources: [], causes: [{ kind: 'mutation', policy: 'ClusterPolicy scale', rule: 'up' }] }],
})
const written = (name: string, indent: string): string => [
  '# presync: ClusterPolicy scale, rule up: spec.replicas', '- group: apps', '  kind: Deployment', `  name: ${name}`, '  namespace: shop', '  jsonPointers:', '  - /spec/replicas', '',
].map((line) => (line === '' ? '' : `${indent}${line}`)).join('\n')
const foreign = `  ignoreDifferences:
    # mine
    - kind: ConfigMap
      jsonPointers: [/data]
`

describe('writing into the file of an Application', () => {
  test.each([
    ['without a list', head, `${head}  ignoreDifferences:\n${written('web', '  ')}`],
    ['with an empty list', `${head}  ignoreDifferences: []\n  destination: {}\n`, `${head}  ignoreDifferences:\n${written('web', '  ')}  destination: {}\n`],
    ['with entries of people', `${head}${foreign}  # tail\n  destination: {}\n`, `${head}${foreign}${written('web', '    ')}  # tail\n  destination: {}\n`],
    ['without a last line break', head.trimEnd(), `${head}  ignoreDifferences:\n${written('web', '  ')}`],
    ['with its own older entry', `${head}${foreign}${written('web', '    ').replace('/spec/replicas', '/spec/paused')}`, `${head}${foreign}${written('web', '    ')}`],
  ])('%s', (_, before, after) => {
    const result = writeEntries(before, [planned('web')], { prune: false })
    expect(result?.text).toBe(after)
    expect(writeEntries(after, [planned('web')], { prune: false })?.text).toBe(after)
  })

  test('entries that nothing needs any more are found, and taken out where asked', () => {
    const before = `${head}${foreign}${written('gone', '    ')}`
    expect(writeEntries(before, [], { prune: false })).toEqual({ text: before, stale: [planned('gone').entry] })
    expect(writeEntries(before, [], { prune: true })?.text).toBe(`${head}${foreign}`)
    expect(writeEntries(`${head}  ignoreDifferences:\n${written('gone', '  ')}`, [], { prune: true })?.text).toBe(head)
  })

  test('a comment that somebody wrote above an own entry stays', () => {
    const before = `${head}${foreign}    # do not touch\n${written('web', '    ')}`
    expect(writeEntries(before, [planned('web')], { prune: true })?.text).toBe(before)
  })

  test('the template of an ApplicationSet', () => {
    const set = 'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all}\nspec:\n  generators: []\n  template:\n    spec:\n      project: default\n'
    expect(writeEntries(set, [planned('web')], { prune: false })?.text).toBe(`${set}      ignoreDifferences:\n${written('web', '      ')}`)
  })

  test('one of several documents, by its name; without a name it is not guessed', () => {
    const other = head.replace('name: shop', 'name: other')
    const file = `${head}---\n${other}`
    expect(writeEntries(file, [planned('web')], { prune: false })).toBeUndefined()
    expect(writeEntries(file, [planned('web')], { prune: false, name: 'other' })?.text).toBe(`${file}  ignoreDifferences:\n${written('web', '  ')}`)
    expect(writeEntries(file, [planned('web')], { prune: false, name: 'shop' })?.text).toBe(`${head}  ignoreDifferences:\n${written('web', '  ')}---\n${other}`)
  })

  test("what people wrote and what presync wrote are told apart", () => {
    expect(readApplications(`${head}${foreign}${written('web', '    ')}`)).toMatchObject([
      { kind: 'Application', name: 'shop', foreign: [{ kind: 'ConfigMap', jsonPointers: ['/data'] }], own: [planned('web').entry] },
    ])
  })
})
