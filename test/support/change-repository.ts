import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { executable } from './cmp-server.ts'

const folders: string[] = []

/** Removes all folders that were made here. */
export const removeFolders = () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }))

/** A fresh folder, removed by `removeFolders`. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'presync-base-'))
  folders.push(folder)
  return folder
}

/** Runs a program with an environment that neither the user nor the machine has a say in. */
export function run(program: string, args: readonly string[], cwd: string) {
  const env = { PATH: process.env['PATH'], HOME: cwd, GIT_CONFIG_NOSYSTEM: '1', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com', NO_COLOR: '1' }
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8', env })
  return { status, stdout, stderr }
}

export const git = (cwd: string, ...args: readonly string[]) => {
  const { status, stderr } = run('git', args, cwd)
  if (status !== 0) throw new Error(stderr)
}

/** Texts by file name; null removes, and an object is a symbolic link. */
export type Files = Readonly<Record<string, string | null | { readonly link: string }>>

export function write(root: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    if (content === null) { rmSync(join(root, name), { recursive: true, force: true }); continue }
    mkdirSync(dirname(join(root, name)), { recursive: true })
    if (typeof content === 'string') writeFileSync(join(root, name), content)
    else symlinkSync(content.link, join(root, name))
  }
}

/** A repository with the first files on branch main, and the others committed on top of them on branch change. */
export function makeRepository(main: Files, change: Files, settings: readonly (readonly [key: string, value: string])[] = []): string {
  const root = makeFolder()
  git(root, 'init', '-q', '-b', 'main')
  for (const [key, value] of settings) git(root, 'config', key, value)
  write(root, main)
  git(root, 'add', '-A')
  git(root, 'commit', '-qm', 'base')
  git(root, 'checkout', '-qb', 'change')
  write(root, change)
  git(root, 'add', '-A')
  git(root, 'commit', '-q', '--allow-empty', '-m', 'change')
  return root
}

interface Named { readonly resource: { readonly name: string } }

/** What the report of a comparison looks like, as far as tests read it. */
export interface Outcome {
  readonly results: readonly (Named & { readonly status: string; readonly violations?: readonly { readonly location?: { readonly file: string; readonly line: number } }[] })[]
  readonly comparison: Readonly<Record<'fixed' | 'unchanged' | 'notComparable', readonly Named[]>> & { readonly changes?: readonly { readonly kind: string; readonly diff: string }[] }
  readonly notices: readonly string[]
  readonly problems?: { readonly message: string }[]
}

/** Compares a repository with its branch main: exit code, report, and the names in its groups new, fixed, unchanged, not comparable. */
export function compareWithMain(root: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = run(process.execPath, [executable, 'check', '--base', 'main', '-o', 'json', ...args], root)
  const report = JSON.parse(stdout) as Outcome
  const names = (results: readonly Named[] = []) => results.map(({ resource }) => resource.name).sort()
  return {
    status, stderr, report,
    groups: [names(report.results.filter(({ status: result }) => result === 'fail' || result === 'error')), names(report.comparison?.fixed), names(report.comparison?.unchanged), names(report.comparison?.notComparable)],
  }
}
