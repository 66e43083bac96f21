import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { decodeText, isInside, readTextFile, resolveInside, walkFiles } from '../../../src/io/files.ts'
import { writeTree } from '../../support/write-tree.ts'

test('text is UTF-8, or UTF-16 by its mark; anything else is refused', () => {
  expect(decodeText(Buffer.from('\ufeffé'), 'f')).toBe('é')
  expect(decodeText(Buffer.from('\ufeffé', 'utf16le'), 'f')).toBe('é')
  expect(() => decodeText(Buffer.from([0xc3, 0x28]), 'f')).toThrow(expect.objectContaining({ code: 'FILE_NOT_TEXT' }))
})

test('files that cannot be read say why', () => {
  const root = writeTree({ 'a.txt': 'abc', 'd/': '', loop: 'link:loop' })
  expect(readTextFile(join(root, 'a.txt'))).toBe('abc')
  for (const [path, code] of [['gone', 'FILE_NOT_FOUND'], ['a.txt/b', 'FILE_NOT_FOUND'], ['d', 'FILE_UNREADABLE'], ['loop', 'FILE_UNREADABLE']] as const) {
    expect(() => readTextFile(join(root, path))).toThrow(expect.objectContaining({ code }))
  }
  writeFileSync(join(root, 'big'), 'x'.repeat(100))
  expect(() => readTextFile(join(root, 'big'), 99)).toThrow(expect.objectContaining({ code: 'FILE_TOO_LARGE' }))
})

test('paths stay inside, whatever dots and links say', () => {
  const outside = writeTree({ 'x.txt': '' })
  const root = writeTree({ 'a/b.txt': '', 'in': 'link:a/b.txt', 'out': `link:${outside}`, '..dots': '' })
  expect(resolveInside(root, 'in')).toBe(join(root, 'a/b.txt'))
  expect(resolveInside(root, 'a/new/file')).toBe(join(root, 'a/new/file'))
  expect(resolveInside(root, '..dots')).toBe(join(root, '..dots'))
  for (const path of ['..', '../x', 'a/../../x', 'out', 'out/x.txt', 'out/new', '/etc']) expect(() => resolveInside(root, path), path).toThrow(expect.objectContaining({ code: 'OUTSIDE_REPOSITORY' }))
  expect(isInside('/a', '/ab')).toBe(false)
})

test('walks in lexical order and reports links without following them', () => {
  const root = writeTree({ 'b.yaml': '', 'B.yaml': '', 'a/c.yaml': '', 'skip/d.yaml': '', 'z': 'link:a' })
  expect([...walkFiles(root, { skip: (name) => name === 'skip' })].map(({ path, isLink }) => `${path}${isLink ? '@' : ''}`)).toEqual(['B.yaml', 'a/c.yaml', 'b.yaml', 'z@'])
  expect([...walkFiles(root, { recurse: false })].map(({ path }) => path)).toEqual(['B.yaml', 'b.yaml', 'z'])
})
