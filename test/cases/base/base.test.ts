import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { compareWithMain, git, makeFolder, makeRepository, removeFolders, run, write, type Files, type Outcome } from '../../support/change-repository.ts'
import { executable } from '../../support/cmp-server.ts'
import { registriesPolicy, registriesPolicyOf } from '../../support/registries.ts'
import { schemaErrors } from '../../support/validate-schema.ts'

afterAll(removeFolders)

const pod = (name: string, image: string, more = '') => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop}\nspec:\n${more}  containers:\n  - name: app\n    image: ${image}\n`
/** A repository on branch main with one bad and one good Pod, and a branch that changes files. */
const change = (files: Files): string => makeRepository({ 'policies/p.yaml': registriesPolicy, 'apps/bad.yaml': pod('bad', 'theirs.example/a:1'), 'apps/good.yaml': pod('good', 'ours.example/a:1') }, files)

function compare(root: string, ...args: readonly string[]) {
  const outcome = compareWithMain(root, 'apps', '-p', 'policies', ...args)
  expect(schemaErrors('report.schema.json', outcome.report)).toEqual([])
  return outcome
}

test.each<[string, Files, number, readonly string[][]]>([
  ['nothing', {}, 0, [[], [], ['bad'], []]],
  ['a new violation', { 'apps/new.yaml': pod('new', 'theirs.example/b:1') }, 1, [['new'], [], ['bad'], []]],
  ['a fixed one', { 'apps/bad.yaml': pod('bad', 'ours.example/a:1') }, 0, [[], ['bad'], [], []]],
  ['a moved one, in another file, with a bumped tag', { 'apps/bad.yaml': null, 'apps/deep/moved.yaml': `# moved\n\n${pod('bad', 'theirs.example/a:2')}` }, 0, [[], [], ['bad'], []]],
  ['containers in another order', { 'apps/bad.yaml': pod('bad', 'theirs.example/a:1').replace('  containers:\n', '  containers:\n  - {name: first, image: ours.example/x}\n') }, 0, [[], [], ['bad'], []]],
  ['a policy made stricter', { 'policies/p.yaml': registriesPolicyOf('ours.example/b*') }, 1, [['good'], [], ['bad'], []]],
  ['a policy made laxer', { 'policies/p.yaml': registriesPolicyOf('*') }, 0, [[], ['bad'], [], []]],
  ['a deleted application', { 'apps/bad.yaml': null }, 0, [[], ['bad'], [], []]],
])('%s', (_, files, status, groups) => {
  const root = change(files)
  const outcome = compare(root, '--full')
  expect(outcome.groups).toEqual(groups)
  expect(outcome.status, outcome.stderr).toBe(status)
  const touched = compare(root)
  expect([touched.groups[0], touched.groups[1], touched.groups[3], touched.status]).toEqual([groups[0], groups[1], groups[3], status])
})

test('the working tree stays as it was, uncommitted changes count, and nothing is left behind', () => {
  const root = change({})
  write(root, { 'apps/dirty.yaml': pod('dirty', 'theirs.example/c:1') })
  const outcome = compare(root, '--show-diff')
  expect(outcome.groups[0]).toEqual(['dirty'])
  expect(outcome.report.notices.join()).toContain('uncommitted changes')
  expect(outcome.report.comparison.changes).toMatchObject([{ kind: 'added', diff: expect.stringContaining('+  name: dirty') as string }])
  expect(readdirSync(join(root, 'apps')).sort()).toEqual(['bad.yaml', 'dirty.yaml', 'good.yaml'])
  expect(run('git', ['worktree', 'list'], root).stdout.trim().split('\n')).toHaveLength(1)
})

test.skipIf(process.platform === 'win32')('what both sides have in common is rendered once, and nothing of it is left behind', () => {
  const overlay = (name: string) => ({ [`apps/${name}/kustomization.yaml`]: `resources: [pod.yaml]\n`, [`apps/${name}/pod.yaml`]: pod(name, 'theirs.example/a:1') })
  const root = change({})
  write(root, { ...overlay('same'), ...overlay('other') })
  git(root, 'add', '-A')
  git(root, 'commit', '-qm', 'overlays')
  git(root, 'branch', '-f', 'main')
  write(root, { 'apps/other/pod.yaml': pod('other', 'theirs.example/a:2') })
  const [temporary, calls, program] = [makeFolder(), makeFolder(), makeFolder()]
  // Prints the overlay's one resource, and leaves a file behind for every build.
  writeFileSync(join(program, 'kustomize'), `#!/bin/sh\nfor last in "$@"; do :; done\nmktemp ${calls}/XXXXXX > /dev/null\ncat "$last/pod.yaml"\n`, { mode: 0o755 })
  const { status, stdout } = run('env', [`TMPDIR=${temporary}`, process.execPath, executable, 'check', 'apps', '-p', 'policies', '--base', 'main', '--full', '-o', 'json', '--kustomize', join(program, 'kustomize')], root)
  expect(status, stdout).toBe(0)
  expect((JSON.parse(stdout) as Outcome).comparison.unchanged.map(({ resource }) => resource.name).sort()).toEqual(['bad', 'other', 'same'])
  expect(readdirSync(calls)).toHaveLength(3)
  expect(readdirSync(temporary)).toEqual([])
})

test('people see the numbers', () => {
  const root = change({ 'apps/bad.yaml': pod('bad', 'ours.example/a:1'), 'apps/new.yaml': pod('new', 'theirs.example/b:1') })
  const { stdout, status } = run(process.execPath, [executable, 'check', 'apps', '-p', 'policies', '--base', 'main'], root)
  expect(status).toBe(1)
  expect(stdout).toMatch(/compared with main \([0-9a-f]{7}\): 1 new, 1 fixed, 0 unchanged/)
  expect(stdout).toContain('fixed  registries/allowed  Pod shop/bad')
})

test.each([
  ['an unknown ref', (root: string) => compare(root, '--base', 'nowhere'), /there is no branch, tag or commit nowhere/],
  ['no common ancestor', (root: string) => { git(root, 'checkout', '-q', '--orphan', 'alone'); git(root, 'commit', '-qm', 'alone'); return compare(root, '--base', 'main') }, /no common ancestor/],
])('%s ends with 2 and says what to do', (_, attempt, message) => {
  const { status, report } = attempt(change({})) as { status: number | null; report: Outcome & { problems?: { message: string }[] } }
  expect(status).toBe(2)
  expect(report.problems?.[0]?.message).toMatch(message)
})
