import { expect, test } from 'vitest'
import { joinEntries, type PlannedEntry } from '../../../../src/ignore-differences/index.ts'

const entry = (name: string | undefined, pointers: readonly string[], resource: string): PlannedEntry => ({
  entry: { group: 'apps', kind: 'Deployment', ...(name === undefined ? {} : { name }), jsonPointers: pointers },
  reasons: pointers.map((path) => ({ path, field: path.slice(1), resources: [resource], causes: [{ kind: 'mutation', policy: 'ClusterPolicy scale' }] })),
})

test('entries of several lists for the same resources are one', () => {
  const [web, api, general] = [entry('web', ['/spec/replicas'], 'web'), entry('api', ['/spec/replicas'], 'api'), entry(undefined, ['/spec/paused', '/spec/replicas'], 'all')]
  const joined = joinEntries([
    { applications: ['one'], entries: [web, general] }, { applications: ['two'], entries: [api, entry(undefined, ['/spec/replicas', '/spec/strategy'], 'some')] },
  ])
  expect(joined.map(({ entry: { name, jsonPointers } }) => [name, jsonPointers])).toEqual([
    ['web', ['/spec/replicas']], [undefined, ['/spec/paused', '/spec/replicas', '/spec/strategy']], ['api', ['/spec/replicas']],
  ])
  expect(joined[1]?.reasons.map(({ path, resources }) => [path, resources])).toEqual([['/spec/paused', ['all']], ['/spec/replicas', ['all', 'some']], ['/spec/strategy', ['some']]])
})

test('a single list stays as it is', () => {
  const entries = [entry('web', ['/spec/replicas'], 'web')]
  expect(joinEntries([{ applications: [], entries }])).toBe(entries)
  expect(joinEntries([])).toEqual([])
})
