import { expect, test } from 'vitest'
import { compileGlob } from '../../../src/render/glob.ts'

test.each([
  ['*.yaml', 'a.yaml', true], ['*.yaml', 'sub/a.yaml', true], ['*.yaml', 'a.yml', false], ['{a,b}/*', 'b/x.yaml', true], ['{a,b}/*', 'c/x.yaml', false],
  ['{a,{b,c}d}.json', 'cd.json', true], ['?.yaml', 'a.yaml', true], ['?.yaml', 'ab.yaml', false], ['[ab].yaml', 'b.yaml', true], ['[!ab].yaml', 'b.yaml', false],
  ['[a-c]x', 'bx', true], ['[a-c]x', 'dx', false], ['\\*', '*', true], ['\\*', 'a', false], ['**/x', 'a/b/x', true], ['', '', true], ['*', '', true], ['a{,b}', 'a', true],
])('%s on %s: %s', (pattern, text, expected) => {
  expect(compileGlob(pattern)?.(text)).toBe(expected)
})

test.each(['{a', 'a}', '[a', '[]', 'a\\', `${'{a,b}'.repeat(20)}`])('%s is not well formed', (pattern) => {
  expect(compileGlob(pattern)).toBeUndefined()
})

test('a hostile pattern costs length by length', () => {
  expect(compileGlob('*a'.repeat(200))?.('a'.repeat(4000) + 'b')).toBe(false)
  // Exponential work would run into the runner's own limit.
})
