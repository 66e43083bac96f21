import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { findRepository } from '../../../src/io/git-repository.ts'

const work = mkdtempSync(join(tmpdir(), 'presync-git-repository-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))
function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(work, path)), { recursive: true })
    writeFileSync(join(work, path), text)
  }
}

test('remotes, branch and main branch, from a folder below', () => {
  write({
    'a/.git/HEAD': 'ref: refs/heads/feature/x\n', 'a/.git/refs/remotes/origin/HEAD': 'ref: refs/remotes/origin/trunk\n', 'a/deep/x': '',
    'a/.git/config': '[core]\n\turl = no\n[remote "origin"]\n\turl = git@h:a/b.git\n\tfetch = +refs/heads/*\n[branch "x"]\n\turl = no\n[remote "up"]\n\tpushurl = "https://h/c/d"\n',
  })
  expect(findRepository(join(work, 'a/deep'))).toEqual({ root: join(work, 'a'), remotes: ['git@h:a/b.git', 'https://h/c/d'], branch: 'feature/x', defaultBranch: 'trunk' })
})

test('a worktree shares the configuration, and a commit is no branch', () => {
  write({ 'a/.git/worktrees/w/HEAD': `${'1'.repeat(40)}\n`, 'a/.git/worktrees/w/commondir': '../..\n', 'w/.git': `gitdir: ${join(work, 'a/.git/worktrees/w')}\n` })
  expect(findRepository(join(work, 'w'))).toMatchObject({ root: join(work, 'w'), remotes: ['git@h:a/b.git', 'https://h/c/d'], defaultBranch: 'trunk' })
  expect(findRepository(join(work, 'w'))).not.toHaveProperty('branch')
})

test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
  ['checked out by itself', { HEAD: `${'2'.repeat(40)}\n` }, '2'.repeat(40)],
  ['of a branch', { HEAD: 'ref: refs/heads/a/b\n', 'refs/heads/a/b': `${'3'.repeat(40)}\n` }, '3'.repeat(40)],
  ['of a packed branch', { HEAD: 'ref: refs/heads/b\n', 'packed-refs': `# pack-refs\n${'4'.repeat(40)} refs/heads/a/refs/heads/b\n${'5'.repeat(40)} refs/heads/b\n` }, '5'.repeat(40)],
  ['of a branch without commits', { HEAD: 'ref: refs/heads/b\n' }, undefined],
])('the commit %s', (name, files, commit) => {
  write(Object.fromEntries(Object.entries(files).map(([path, text]) => [`c/${name}/.git/${path}`, text])))
  expect(findRepository(join(work, 'c', name))?.commit).toBe(commit)
})

test('an empty .git says nothing', () => {
  mkdirSync(join(work, 'e/.git'), { recursive: true })
  expect(findRepository(join(work, 'e'))).toEqual({ root: join(work, 'e'), remotes: [] })
})
