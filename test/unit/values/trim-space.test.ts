import { expect, test } from 'vitest'
import { trimSpace } from '../../../src/values/trim-space.ts'

test.each([['', ''], [' \t\n', ''], [' a b ', 'a b'], ['\u0085\u00a0a\u3000', 'a'], ['\ufeffa', '\ufeffa'], ['\u200ba', '\u200ba']])('%j becomes %j', (text, trimmed) => {
  expect(trimSpace(text)).toBe(trimmed)
})
