import { expect, test } from 'vitest'
import { goQuote } from '../../../src/values/go-quote.ts'

test.each([
  ['plain text', '"plain text"'], ['"\\', '"\\"\\\\"'], ['\t\n\r\v\f\b\x07', '"\\t\\n\\r\\v\\f\\b\\a"'], ['\x00\x7f', '"\\x00\\x7f"'],
  ['é漢🙂', '"é漢🙂"'], ['\u00a0\u200b', '"\\u00a0\\u200b"'], ['\u{e0001}', '"\\U000e0001"'], ['\ud800', '"\ufffd"'],
])('%j', (text, quoted) => {
  expect(goQuote(text)).toBe(quoted)
})
