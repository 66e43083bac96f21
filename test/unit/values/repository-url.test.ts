import { expect, test } from 'vitest'
import { isSameRepository, normalizeRepositoryUrl } from '../../../src/values/repository-url.ts'

test.each([
  ['https://git.example.com/org/repo', 'https://git.example.com/org/repo.git'],
  ['https://git.example.com/org/repo', 'https://git.example.com/Org/Repo/'],
  ['git@git.example.com:org/repo.git', 'https://git.example.com/org/repo'],
  ['ssh://git@git.example.com/org/repo', 'git@git.example.com:org/repo'],
  ['ssh://git@git.example.com:2222/org/repo', 'https://user:token@git.example.com/org/repo.git'],
  ['git.example.com:org/repo', 'https://git.example.com/org/repo'],
  [' https://git.example.com//org/repo ', 'https://git.example.com/org/repo'],
  ['file:///srv/git/repo.git', 'file:///srv/git/repo'],
])('%s is %s', (left, right) => {
  expect(isSameRepository(left, right)).toBe(true)
})

test.each([
  ['https://git.example.com/org/repo', 'https://git.example.com/org/repo2'],
  ['https://git.example.com/org/repo', 'https://other.example.com/org/repo'],
  ['', ''],
])('%s is not %s', (left, right) => {
  expect(isSameRepository(left, right)).toBe(false)
})

test('a normalized address has neither scheme nor user', () => {
  expect(normalizeRepositoryUrl('https://u:p@git.example.com:8443/a/b.git/')).toBe('git.example.com/a/b')
})
