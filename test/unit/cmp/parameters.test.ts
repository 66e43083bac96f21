import { expect, test } from 'vitest'
import type { PluginParameter } from '../../../src/cmp/environment.ts'
import { announceParameters, pluginParameters, readParameterValues } from '../../../src/cmp/parameters.ts'

const string = (name: string, value: string): PluginParameter => ({ name, kind: 'string', value })

test('reads values by their type', () => {
  const { values, problems } = readParameterValues([
    string('mode', 'enforce'), string('directoryRecurse', 'true'), string('helmReleaseName', ''), { name: 'policies', kind: 'array', value: ['a'] },
    { name: 'helmParameters', kind: 'map', value: { 'a.b': '1' } },
  ])
  expect(problems).toEqual([])
  expect(values).toEqual({ mode: 'enforce', directoryRecurse: true, policies: ['a'], helmParameters: { 'a.b': '1' } })
})

test.each([
  [string('mod', 'enforce'), /unknown parameter 'mod'/], [string('mode', 'strict'), /must be one of policy, audit, enforce/], [string('helmSkipCrds', 'yes'), /true or false/],
  [string('policies', 'a'), /must be an array of strings, not a string/], [string('__proto__', 'x'), /unknown parameter/],
])('%j is a problem', (parameter, problem) => {
  expect(readParameterValues([parameter]).problems.join()).toMatch(problem)
})

test('announcements show defaults, and what the file says where it is known', () => {
  const announced = announceParameters({ policies: ['a.yaml'], mode: 'audit' })
  expect(announced).toHaveLength(Object.keys(pluginParameters).length)
  expect(announced.find(({ name }) => name === 'mode')).toMatchObject({ string: 'audit', collectionType: 'string' })
  expect(announced.find(({ name }) => name === 'policies')).toMatchObject({ array: ['a.yaml'], collectionType: 'array' })
  expect(announced.find(({ name }) => name === 'renderer')).toMatchObject({ string: 'auto' })
})
