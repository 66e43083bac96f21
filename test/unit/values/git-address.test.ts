import { expect, test } from 'vitest'
import { parseGitAddress } from '../../../src/values/git-address.ts'

test.each([
  { text: 'policies/', address: undefined },
  { text: './a@b/c.yaml', address: undefined },
  { text: 'https://git.example.com/platform/policies', address: { url: 'https://git.example.com/platform/policies' } },
  { text: 'https://git.example.com/platform/policies.git@v1.2', address: { url: 'https://git.example.com/platform/policies.git', ref: 'v1.2' } },
  { text: 'https://git.example.com/platform/policies//pod@feature/x', address: { url: 'https://git.example.com/platform/policies', path: 'pod', ref: 'feature/x' } },
  { text: 'https://git.example.com/platform/policies//pod/?ref=v2', address: { url: 'https://git.example.com/platform/policies', path: 'pod', ref: 'v2' } },
  { text: 'https://me@git.example.com/platform/policies', address: { url: 'https://me@git.example.com/platform/policies' } },
  { text: 'https://me@git.example.com/platform/policies@main', address: { url: 'https://me@git.example.com/platform/policies', ref: 'main' } },
  { text: 'git@git.example.com:platform/policies.git', address: { url: 'git@git.example.com:platform/policies.git' } },
  { text: 'git@git.example.com:platform/policies.git@v1', address: { url: 'git@git.example.com:platform/policies.git', ref: 'v1' } },
  { text: 'file:///srv/policies.git//a/b@main', address: { url: 'file:///srv/policies.git', path: 'a/b', ref: 'main' } },
  { text: 'https://git.example.com/platform/policies/tree/main/pod', address: { url: 'https://git.example.com/platform/policies', ref: 'main', path: 'pod' } },
  { text: 'git::ssh://git@git.example.com/policies', address: { url: 'ssh://git@git.example.com/policies' } },
])('$text', ({ text, address }) => {
  expect(parseGitAddress(text)).toEqual(address)
})
