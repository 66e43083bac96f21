import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { parseManifests } from '../../../src/manifest/index.ts'
import { executable } from '../../support/cmp-server.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string): string => readFileSync(root + path, 'utf8')
const presync = (...args: readonly string[]) => spawnSync(process.execPath, [executable, ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, NO_COLOR: '1' } })

test('plugin.yaml: a short command, no discovery, no modes, no credentials', () => {
  const [document] = parseManifests(read('plugin/plugin.yaml'), 'plugin.yaml').documents
  const { spec } = (document?.value ?? {}) as { spec: Record<string, unknown> }
  expect(spec).toMatchObject({ generate: { command: ['presync', 'cmp', 'generate'] }, preserveFileMode: false, provideGitCreds: false })
  expect(spec).not.toHaveProperty('discover')
})

describe('what presync asks others to be, it is itself', () => {
  test.each(['plugin/kustomize/repo-server.yaml', 'plugin/hook/job.yaml'])('%s passes the restricted profile', (file) => {
    const { status, stdout, stderr } = presync('check', file, '-p', 'builtin:pod-security-restricted', '--mode', 'enforce')
    // The patch is no whole Deployment, which is said; the policy passes all the same.
    const isPatch = /kind: Deployment/.test(read(file))
    expect(status, stdout + stderr).toBe(isPatch ? 2 : 0)
    if (isPatch) expect(stdout).toContain('spec.selector is required')
    expect(stdout).toMatch(/: 1 pass, 0 fail/)
  })
})
