import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { afterAll, describe, expect, test } from 'vitest'

/** A run of the built executable. Cases are YAML files beside this one. */
interface Case {
  readonly name: string
  /** Written into an empty folder, in which the executable runs. */
  readonly files?: Readonly<Record<string, string>>
  /** Links to make: name → target. */
  readonly links?: Readonly<Record<string, string>>
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly stdin?: string
  readonly exit: number
  /** The whole of stdout. */
  readonly stdout?: string
  /** Each must occur. */
  readonly stdoutHas?: readonly string[]
  readonly stdoutLacks?: readonly string[]
  readonly stderrHas?: readonly string[]
  /** Files that the run must have written, and what each must contain. */
  readonly written?: Readonly<Record<string, string>>
}

const folder = dirname(fileURLToPath(import.meta.url))
const executable = join(folder, '../../../dist/presync.cjs')
const work = mkdtempSync(join(tmpdir(), 'presync-cases-'))
afterAll(() => rmSync(work, { recursive: true, force: true }))

for (const file of readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  const cases = load(readFileSync(join(folder, file), 'utf8')) as readonly Case[]
  describe(file, () => {
    test.each(cases)('$name', (run) => {
      const cwd = mkdtempSync(join(work, 'case-'))
      for (const [path, text] of Object.entries(run.files ?? {})) {
        mkdirSync(dirname(join(cwd, path)), { recursive: true })
        writeFileSync(join(cwd, path), text)
      }
      for (const [path, target] of Object.entries(run.links ?? {})) symlinkSync(target, join(cwd, path))
      const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, NODE_EXTRA_CA_CERTS: '', ...run.env }
      const { status, stdout, stderr } = spawnSync(process.execPath, [executable, ...run.args], { cwd, env, input: run.stdin ?? '', encoding: 'utf8' })
      const shown = `stdout:\n${stdout}\nstderr:\n${stderr}`
      expect(status, shown).toBe(run.exit)
      if (run.stdout !== undefined) expect(stdout).toBe(run.stdout)
      for (const text of run.stdoutHas ?? []) expect(stdout, shown).toContain(text)
      for (const text of run.stdoutLacks ?? []) expect(stdout).not.toContain(text)
      for (const text of run.stderrHas ?? []) expect(stderr, shown).toContain(text)
      for (const [path, text] of Object.entries(run.written ?? {})) expect(readFileSync(join(cwd, path), 'utf8')).toContain(text)
    })
  })
}
