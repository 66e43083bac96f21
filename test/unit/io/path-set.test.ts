import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { PathSet } from '../../../src/io/path-set.ts'

const paths = new PathSet(['/r/a/b.yaml', '/r/folder/'].map((path) => resolve(path)))

test.each([
  ['/r/a/b.yaml', true], ['/r/a', true], ['/r', true], ['/', true], ['/r/folder', true], ['/r/folder/deep/x', true],
  ['/r/a/c.yaml', false], ['/r/a/b.yaml.txt', false], ['/r/b', false], ['/r/fold', false], ['/r/folder2/x', false],
])('%s: %s', (path, expected) => {
  expect(paths.overlaps(resolve(path))).toBe(expected)
  expect(paths.overlaps(resolve(path))).toBe(expected)
})
