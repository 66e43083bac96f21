import { expect, test } from 'vitest'
import { expandVariables } from '../../../src/render/expand-variables.ts'

test.each([
  ['$A-${A}', 'x-x'], ['$$A', '$A'], ['${$}A', '$A'], ['$UNKNOWN/values.yaml', '/values.yaml'], ['a$', 'a$'], ['$A_B', ''], ['${A}_B', 'x_B'], ['$1', ''], ['$toString', ''],
])('%s → %s', (text, expected) => {
  expect(expandVariables(text, { A: 'x' })).toBe(expected)
})
