import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { beforeAll, describe, expect, test } from 'vitest'
import { executable } from '../../support/cmp-server.ts'
import { podOf, registriesPolicy } from '../../support/registries.ts'
import { writeTree } from '../../support/write-tree.ts'

const project = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string): string => readFileSync(join(project, path), 'utf8')

let root: string
let env: Record<string, string>

/** A repository whose branch brings failures, and a presync on PATH. */
beforeAll(() => {
  root = writeTree({ 'policies/p.yaml': registriesPolicy, ...Object.fromEntries([1, 2, 3, 4].map((index) => [`apps/old-${index}.yaml`, podOf(`old-${index}`, 'theirs.example/a')])), '.gitignore': '.presync-cache\n' })
  const bin = writeTree({ presync: `#!/bin/sh\nexec "${process.execPath}" "${executable}" "$@"\n` })
  chmodSync(join(bin, 'presync'), 0o755)
  env = {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: bin, NO_COLOR: '1', PRESYNC_POLICY: 'policies',
    GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com', GIT_CONFIG_NOSYSTEM: '1',
  }
  const git = (...args: readonly string[]) => expect(spawnSync('git', args, { cwd: root, env }).status).toBe(0)
  git('init', '-q', '-b', 'main')
  git('add', '.')
  git('commit', '-qm', 'base')
  git('checkout', '-qb', 'change')
  for (let index = 1; index <= 9; index++) writeFileSync(join(root, `apps/new-${index}.yaml`), podOf(`new-${index}`, index < 7 ? 'theirs.example/b' : 'ours.example/b'))
  git('add', '.')
  git('commit', '-qm', 'change')
})

interface Outcome { readonly status: number | null; readonly stdout: string; readonly stderr: string }

function run(shell: readonly string[], script: string, more: Readonly<Record<string, string>>, cwd: string): Promise<Outcome> {
  const [program = 'sh', ...args] = shell
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args, script], { cwd, env: { ...env, ...more } })
    let [stdout, stderr] = ['', '']
    child.stdout.on('data', (data) => { stdout += String(data) })
    child.stderr.on('data', (data) => { stderr += String(data) })
    child.on('error', reject)
    child.on('close', (status) => resolve({ status, stdout, stderr }))
  })
}

/** As a runner has it: a clone of its own for each job. */
function clone(): string {
  const folder = writeTree({})
  for (const args of [['clone', '-q', root, '.'], ['fetch', '-q', 'origin', 'main:main']]) expect(spawnSync('git', args, { cwd: folder, env }).status).toBe(0)
  return folder
}

function copy(name: string, from: string, to: string): void {
  writeFileSync(join(to, name), readFileSync(join(from, name)))
}

async function whole(...args: readonly string[]): Promise<{ readonly folder: string; readonly outcome: Outcome }> {
  const folder = clone()
  return { folder, outcome: await run(['sh', '-euc'], `presync check ${args.join(' ')}`, {}, folder) }
}

/** The YAML blocks of the page, by the heading above them. */
function snippet(heading: string): unknown {
  const section = read('docs/large-repositories.md').split(`## ${heading}\n`)[1] ?? ''
  return load(/```yaml\n([\s\S]*?)```/.exec(section)?.[1] ?? '')
}

test('GitHub Actions: the matrix and the job that merges annotate what one job would', async () => {
  interface Job { readonly needs?: string; readonly strategy?: { readonly matrix: { readonly shard: readonly number[] } }; readonly steps: readonly { readonly run?: string; readonly with?: Readonly<Record<string, unknown>> }[] }
  const { jobs, permissions } = snippet('GitHub Actions') as { readonly jobs: Readonly<Record<'shard' | 'presync', Job>>; readonly permissions: unknown }
  expect(permissions).toEqual({ contents: 'read' })
  const bash = ['bash', '--noprofile', '--norc', '-eo', 'pipefail', '-c']
  const scriptOf = ({ steps }: Job) => steps.flatMap((step) => step.run ?? []).join('\n')
  const shards = jobs.shard.strategy?.matrix.shard ?? []
  const merging = writeTree({})
  for (const shard of shards) {
    const folder = clone()
    const { status, stdout, stderr } = await run(bash, scriptOf(jobs.shard), { BASE: 'main', SHARD: String(shard), SHARDS: String(shards.length) }, folder)
    expect([status, stdout], stderr).toEqual([0, ''])
    copy(`shard-${shard}.json`, folder, merging)
  }
  expect(jobs.presync.needs).toBe('shard')
  const merged = await run(bash, scriptOf(jobs.presync), { GITHUB_STEP_SUMMARY: join(env['HOME'] as string, 'summary') }, merging)
  const { folder, outcome: one } = await whole('--base', 'main', '-o', 'github', '-o', 'markdown=one.md')
  expect(one.stdout.match(/^::error file=apps\/new-/gm)).toHaveLength(6)
  expect(merged).toEqual(one)
  expect(merged.status).toBe(1)
  expect(readFileSync(join(env['HOME'] as string, 'summary'), 'utf8')).toBe(readFileSync(join(folder, 'one.md'), 'utf8'))
})

test('GitLab: parallel jobs and the one that merges report what one job would', async () => {
  interface Job { readonly script: readonly string[]; readonly parallel?: number; readonly needs?: readonly string[]; readonly artifacts: { readonly reports?: Readonly<Record<string, string>> } }
  const { 'presync-shard': shard, presync } = snippet('GitLab') as Readonly<Record<'presync-shard' | 'presync', Job>>
  const merging = writeTree({})
  for (let index = 1; index <= (shard.parallel ?? 0); index++) {
    const folder = clone()
    const { status, stderr } = await run(['sh', '-ec'], shard.script.join('\n'), { CI_MERGE_REQUEST_DIFF_BASE_SHA: 'main', CI_NODE_INDEX: String(index), CI_NODE_TOTAL: String(shard.parallel) }, folder)
    expect(status, stderr).toBe(0)
    copy(`presync-shard-${index}.json`, folder, merging)
  }
  expect(presync.needs).toEqual(['presync-shard'])
  const merged = await run(['sh', '-ec'], presync.script.join('\n'), {}, merging)
  const { folder, outcome: one } = await whole('--base', 'main', '-o', 'gitlab=one.json', '-o', 'junit=one.xml')
  expect(merged).toEqual(one)
  const { codequality = '', junit = '' } = presync.artifacts.reports ?? {}
  for (const [file, other] of [[codequality, 'one.json'], [junit, 'one.xml']] as const) expect(readFileSync(join(merging, file), 'utf8')).toBe(readFileSync(join(folder, other), 'utf8'))
})

test('what shards were told holds when they are merged, unless something else is said', async () => {
  const folder = clone()
  const sh = (script: string) => run(['sh', '-euc'], script, {}, folder)
  const codes = async (...options: readonly string[]) => {
    const { status } = await sh(`presync check ${options.join(' ')}`)
    await sh(`presync check ${options.join(' ')} --shard 1/2 -o shard=.git/1.json; presync check ${options.join(' ')} --shard 2/2 -o shard=.git/2.json`)
    expect((await sh('presync merge .git/1.json .git/2.json')).status).toBe(status)
    return [status, (await sh('presync merge .git/1.json .git/2.json --mode enforce')).status, (await sh('presync merge .git/1.json .git/2.json --fail-on never')).status]
  }
  expect(await codes('--mode', 'audit')).toEqual([0, 1, 0])
  expect(await codes('--mode', 'audit', '--fail-on', 'fail')).toEqual([1, 1, 0])
})

describe('the Indexed Job', () => {
  interface Container { readonly args: readonly [string]; readonly command: readonly [string, string]; readonly env: readonly { readonly name: string; readonly value?: string }[] }
  interface Job { readonly spec: { readonly completionMode: string; readonly completions: number; readonly parallelism: number; readonly template: { readonly spec: { readonly containers: readonly [Container]; readonly initContainers: readonly [Container] } } } }
  const { spec } = load(read('plugin/shards/job.yaml')) as Job
  const { containers: [presync], initContainers: [repository] } = spec.template.spec

  test('fits its schema and the restricted profile', async () => {
    const { status, stdout } = await run(['sh', '-euc'], 'presync check plugin/shards -p builtin:pod-security-restricted --mode enforce --strict', {}, project)
    expect(status, stdout).toBe(0)
    expect(stdout).toMatch(/^2 resources from 1 source, 1 policy: 1 pass, 0 fail/m)
  })

  test('has a Pod for each shard and one more, all at once', () => {
    const shards = Number(presync.env.find(({ name }) => name === 'SHARDS')?.value)
    expect([spec.completionMode, spec.completions, spec.parallelism]).toEqual(['Indexed', shards + 1, shards + 1])
  })

  test('its Pods, all at once, come to what one run would', async () => {
    const shared = writeTree({})
    const revision = spawnSync('git', ['rev-parse', 'change'], { cwd: root, env, encoding: 'utf8' }).stdout.trim()
    const outcomes = await Promise.all(Array.from({ length: spec.completions }, async (_, index) => {
      const own = join(shared, `pod-${index}`)
      mkdirSync(own)
      const cloned = await run(repository.command, repository.args[0], { REPOSITORY: root, REVISION: revision }, own)
      expect(cloned.status, cloned.stderr).toBe(0)
      return run(presync.command, presync.args[0], { SHARED: join(shared, 'volume'), RUN: 'uid', SHARDS: String(spec.completions - 1), JOB_COMPLETION_INDEX: String(index) }, join(own, 'tree'))
    }))
    const { folder, outcome: one } = await whole('-o', 'text', '-o', 'html=one.html')
    expect(outcomes.map(({ status }) => status)).toEqual([0, 0, 0, 0, 1])
    expect(outcomes.at(-1)).toEqual(one)
    expect(readFileSync(join(shared, 'volume/runs/uid/report.html'), 'utf8')).toBe(readFileSync(join(folder, 'one.html'), 'utf8'))
  })
})
