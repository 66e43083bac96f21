import { expect, test } from 'vitest'
import { CommitTree } from '../../../src/io/commit-tree.ts'

const listing = (...entries: readonly (readonly [mode: string, path: string])[]) => entries.map(([mode, path]) => `${mode} blob 0123456789\t${path}\0`).join('')

test('a listing is files and the folders that they lie in', () => {
  const tree = new CommitTree(listing(['100644', 'README.md'], ['100755', 'apps/run.sh'], ['100644', 'apps/shop/pod with\ttab.yaml']))
  expect(['', 'apps', 'apps/shop', 'README.md', 'apps/shop/pod with\ttab.yaml', 'apps/sho', 'README.md/x'].map((path) => tree.kindOf(path)))
    .toEqual(['folder', 'folder', 'folder', 'file', 'file', undefined, undefined])
  expect([...tree.entriesOf('apps') ?? []]).toEqual([['run.sh', 'file'], ['shop', 'folder']])
  expect(tree.entriesOf('README.md')).toBeUndefined()
  expect([...tree.filesOf('apps')]).toEqual(['apps/run.sh', 'apps/shop/pod with\ttab.yaml'])
  expect([...tree.filesOf('README.md')]).toEqual(['README.md'])
  expect([...tree.filesOf('gone')]).toEqual([])
  expect(tree.isPlain).toBe(true)
})

test('links and submodules make it more than files', () => {
  expect(new CommitTree('').isPlain).toBe(true)
  for (const mode of ['120000', '160000']) expect(new CommitTree(listing(['100644', 'a'], [mode, 'b'])).isPlain).toBe(false)
})
