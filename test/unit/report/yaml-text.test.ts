import { load } from 'js-yaml'
import { expect, test } from 'vitest'
import { formatYaml } from '../../../src/report/yaml-text.ts'

test.each([
  [{}], [[]], [{ a: [], b: {}, c: null, d: true, e: 1.5, f: '' }], [[[1, 2], [{ a: 1, b: [{ c: 'x' }] }]]],
  [{ 'key: odd': 'no', yes: 'yes', n: '1e3', 'a b': ' padded ', multi: 'one\ntwo', path: '/spec/containers/0', at: '@x', dash: '- x', time: '2024-01-01' }],
])('%j reads back as it was', (value) => {
  expect(load(formatYaml(value))).toEqual(value)
})

test('absent members are not written', () => {
  expect(formatYaml({ a: undefined, b: [{ c: undefined, d: 1 }] })).toBe('b:\n- d: 1\n')
})
