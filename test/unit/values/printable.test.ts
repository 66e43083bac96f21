import { expect, test } from 'vitest'
import { printable, printableJson, printableLines } from '../../../src/values/printable.ts'

test.each([
  { text: 'plain äöü 漢字', shown: 'plain äöü 漢字' },
  { text: '\u001b[2J\u001b]0;title\u0007', shown: '\\u001b[2J\\u001b]0;title\\u0007' },
  { text: 'a\u009b31mb', shown: 'a\\u009b31mb' },
  { text: 'user\u202etxt.exe', shown: 'user\\u202etxt.exe' },
  { text: 'line\rover', shown: 'line\\u000dover' },
])('$text', ({ text, shown }) => {
  expect(printable(text)).toBe(shown)
})

test('lines stay lines', () => {
  expect(printableLines('one\r\ntwo\n\tthree\u0000\n')).toEqual(['one', 'two', '    three\\u0000'])
})

test('JSON stays the same JSON', () => {
  const value = { text: 'a\u001b\u009b\u202e\nb', list: [1n, 9007199254740993n] }
  const json = printableJson(value, 2)
  expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
  expect(JSON.parse(json)).toEqual({ text: value.text, list: [1, '9007199254740993'] })
})
