import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
let out: string

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), 'presync-image-'))
  chmodSync(folder, 0o755)
  out = join(folder, 'presync')
  const { status, stderr } = spawnSync(process.execPath, ['scripts/image/layout.mjs', out], { cwd: root, encoding: 'utf8' })
  expect(status, stderr).toBe(0)
})
afterAll(() => {
  setModes(out, 0o755, 0o644)
  rmSync(join(out, '..'), { recursive: true, force: true })
})

function setModes(folder: string, folders: number, files: number): void {
  chmodSync(folder, 0o755)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) setModes(path, folders, files)
    else chmodSync(path, files)
  }
  chmodSync(folder, folders)
}

test('the layout is what runs and nothing else', () => {
  expect(readdirSync(out).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json', 'plugin', 'sbom.cdx.json'])
  expect(existsSync(join(out, 'dist/lib'))).toBe(false)
  expect(existsSync(join(out, 'dist/LICENSES.txt'))).toBe(true)
})

test('it starts as user 999 on files that nobody can write, with no home', () => {
  setModes(out, 0o555, 0o444)
  const asUser = process.getuid?.() === 0 ? { uid: 999, gid: 999 } : {}
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent' }
  const run = (...args: readonly string[]) => spawnSync(process.execPath, [join(out, 'dist/presync.cjs'), ...args], { cwd: out, encoding: 'utf8', env, ...asUser })
  expect(run('--version').stdout.trim()).toBe((JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version)
  const check = run('check', 'plugin/hook/job.yaml', '-p', 'builtin:pod-security-restricted', '--mode', 'enforce')
  expect(check.status, check.stdout + check.stderr).toBe(0)
  expect(statSync(join(out, 'dist/presync.cjs')).mode & 0o222).toBe(0)
})

interface Component { type: string; name: string; version: string; purl: string }

test('the bill of materials is CycloneDX and lists what runs, not what builds', () => {
  const bom = JSON.parse(readFileSync(join(out, 'sbom.cdx.json'), 'utf8')) as { bomFormat: string; specVersion: string; serialNumber: string; components: Component[]; dependencies: { ref: string }[] }
  expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.5' })
  expect(bom.serialNumber).toMatch(/^urn:uuid:[0-9a-f-]{36}$/)
  const names = bom.components.map(({ name }) => name)
  expect(names).toEqual(expect.arrayContaining(['commander', 'js-yaml', 'zod']))
  expect(names).not.toContain('vitest')
  for (const component of bom.components) expect(component).toMatchObject({ type: 'library', version: expect.any(String) as string, purl: expect.stringMatching(/^pkg:npm\//) as string })
})

test('every step of the Dockerfile names what it takes', () => {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8')
  expect(text).toMatch(/^USER 999$/m)
  for (const [, path] of text.matchAll(/node (scripts\/\S+)/g)) expect(existsSync(join(root, path ?? '')), path).toBe(true)
  expect(text).not.toMatch(/:latest/)
})
