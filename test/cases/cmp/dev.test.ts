import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { executable } from '../../support/cmp-server.ts'

const root = mkdtempSync(join(tmpdir(), 'presync-dev-'))
afterAll(() => rmSync(root, { recursive: true }))
mkdirSync(join(root, 'deploy/shop'), { recursive: true })
writeFileSync(join(root, 'deploy/shop/pod.yaml'), 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {hostNetwork: true, containers: [{name: a, image: nginx}]}\n')
const application = (plugin: string) => `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec:\n  project: retail\n  destination: {namespace: shop}\n  source:\n    repoURL: https://git.example/shop.git\n    path: deploy/shop\n${plugin}`
writeFileSync(join(root, 'shop.yaml'), application('    plugin: {name: presync, parameters: [{name: reportManifest, string: "true"}]}\n'))
writeFileSync(join(root, 'plain.yaml'), application(''))

const dev = (file: string, env: Readonly<Record<string, string>> = {}) => spawnSync(process.execPath, [executable, 'cmp', 'dev', join(root, file)], { cwd: root, encoding: 'utf8', env: { PATH: process.env['PATH'], ...env } })

test('the answer of the sidecar, and what Argo CD would show', () => {
  const audit = dev('shop.yaml', { PRESYNC_MODE: 'audit' })
  expect(audit.status).toBe(0)
  expect(audit.stdout).toContain('"kind":"PolicyReport"')
  const refused = dev('shop.yaml', { PRESYNC_MODE: 'enforce' })
  expect(refused).toMatchObject({ status: 1, stdout: '' })
  expect(refused.stderr).toContain('CMP processing failed for application "shop": error generating manifests in cmp:')
  expect(refused.stderr).toContain('failed exit status 1: presync: shop is refused: 1 violation')
})

test.each([['plain.yaml', /has no source with a plugin/], ['none.yaml', /there is no file/], ['deploy/shop/pod.yaml', /holds no Application/]])('%s is refused with a reason', (file, reason) => {
  const { status, stderr } = dev(file)
  expect(status).toBe(2)
  expect(stderr).toMatch(reason)
})
