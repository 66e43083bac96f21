import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { executable } from '../../support/cmp-server.ts'
import { podOf, registriesPolicy } from '../../support/registries.ts'
import { writeTree } from '../../support/write-tree.ts'

const root = writeTree({
  '.presync.yaml': 'paths: [apps]\npolicies: [policies]\nbaseline: known.json\n',
  'policies/p.yaml': registriesPolicy,
  'apps/a.yaml': podOf('a'), 'apps/b.yaml': podOf('b'),
})

const presync = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [executable, ...args], { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'], HOME: root, NO_COLOR: '1' } })
  return { status, stdout, stderr }
}
const known = () => JSON.parse(readFileSync(join(root, 'known.json'), 'utf8')) as { entries: { resource: string; reason?: string }[] }

test('what fails today is written down, what is new fails, what is mended is pruned and cannot come back', () => {
  expect(presync('baseline', 'create')).toEqual({ status: 0, stdout: 'known.json: 2 known failures\n', stderr: '' })
  const text = readFileSync(join(root, 'known.json'), 'utf8')
  expect(presync('check')).toMatchObject({ status: 0, stdout: expect.stringContaining('2 skip (2 suppressed)') as string })

  writeFileSync(join(root, 'apps/c.yaml'), podOf('c'))
  const worse = presync('check', '-o', 'json')
  expect(worse.status).toBe(1)
  expect((JSON.parse(worse.stdout) as { results: { status: string; resource: { name: string } }[] }).results.filter(({ status }) => status === 'fail').map(({ resource }) => resource.name)).toEqual(['c'])
  rmSync(join(root, 'apps/c.yaml'))
  expect(presync('baseline', 'create').status).toBe(0)
  expect(readFileSync(join(root, 'known.json'), 'utf8')).toBe(text)

  writeFileSync(join(root, 'apps/b.yaml'), podOf('b', 'ours.example/a'))
  const mended = presync('check')
  expect(mended).toMatchObject({ status: 0, stdout: expect.stringContaining('UNUSED_SUPPRESSION') as string })
  expect(mended.stdout).toContain('known.json:')
  expect(presync('check', 'apps/a.yaml').stdout).not.toContain('UNUSED_SUPPRESSION')
  expect(presync('baseline', 'prune').stdout).toBe('known.json: 1 known failure (2 before)\n')
  expect(known().entries.map(({ resource }) => resource)).toEqual(['Pod shop/a'])
  writeFileSync(join(root, 'apps/b.yaml'), podOf('b'))
  expect(presync('check').status).toBe(1)
})

test('nothing is written where something is wrong', () => {
  const before = readFileSync(join(root, 'known.json'), 'utf8')
  writeFileSync(join(root, 'apps/broken.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: [')
  expect(presync('baseline', 'create').status).toBe(2)
  expect(readFileSync(join(root, 'known.json'), 'utf8')).toBe(before)
})
