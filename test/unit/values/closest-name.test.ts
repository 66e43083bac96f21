import { expect, test } from 'vitest'
import { closestName } from '../../../src/values/closest-name.ts'

test.each([
  ['imagePullpolicy', ['image', 'imagePullPolicy'], 'imagePullPolicy'],
  ['imgae', ['image', 'name'], 'image'],
  ['contaners', ['containers', 'initContainers'], 'containers'],
  ['zzz', ['image', 'name'], undefined],
  ['a', ['b'], undefined],
  ['spec', [], undefined],
  ['x'.repeat(100), ['x'.repeat(99)], undefined],
])('%s among %j', (written, known, expected) => {
  expect(closestName(written, known)).toBe(expected)
})
