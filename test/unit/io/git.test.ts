import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findProgram } from '../../../src/io/find-program.ts'
import { fetchRepository, isGitUrl } from '../../../src/io/git.ts'
import { withTemporaryFolder } from '../../../src/io/temporary-folder.ts'
import { writeTree } from '../../support/write-tree.ts'

function repository(): string {
  const root = writeTree({ 'policy.yaml': 'one\n' })
  const git = (...args: string[]): string => execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root, encoding: 'utf8' })
  git('init', '-q', '-b', 'main')
  git('add', '.')
  git('commit', '-q', '-m', 'one')
  git('tag', 'v1')
  git('commit', '-q', '--allow-empty', '-m', 'two')
  return root
}

test.skipIf(findProgram('git') === undefined)('fetches a branch, tag or commit into a folder that goes again', async () => {
  const url = `file://${repository()}`
  let seen = ''
  for (const ref of [undefined, 'main', 'v1']) {
    await withTemporaryFolder(async (folder) => {
      seen = folder
      await fetchRepository(ref === undefined ? { url } : { url, ref }, folder)
      expect(readFileSync(join(folder, 'policy.yaml'), 'utf8')).toBe('one\n')
    })
    expect(existsSync(seen)).toBe(false)
  }
  await withTemporaryFolder(async (folder) => {
    await expect(fetchRepository({ url, ref: 'gone' }, folder)).rejects.toMatchObject({ code: 'GIT_FAILED' })
  })
})

test('refuses what would run a program or pass an option', async () => {
  for (const url of ['ext::sh -c id', '--upload-pack=id', 'fd::3', '/etc', 'https://example.com/a b', 'git@example.com::x']) expect(isGitUrl(url), url).toBe(false)
  for (const url of ['https://example.com/x.git', 'git@example.com:x/y.git', 'ssh://git@example.com/x', 'file:///x']) expect(isGitUrl(url), url).toBe(true)
  await expect(fetchRepository({ url: 'ext::sh -c id' }, '/tmp')).rejects.toMatchObject({ code: 'INVALID_URL' })
  await expect(fetchRepository({ url: 'https://example.com/x', ref: '--upload-pack=id' }, '/tmp')).rejects.toMatchObject({ code: 'INVALID_URL' })
})
