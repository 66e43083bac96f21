import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load, loadAll } from 'js-yaml'
import { beforeEach, describe, expect, test } from 'vitest'
import { executable } from '../../support/cmp-server.ts'
import { podOf, registriesPolicy } from '../../support/registries.ts'
import { writeTree } from '../../support/write-tree.ts'

const project = fileURLToPath(new URL('../../..', import.meta.url))
const read = (path: string): string => readFileSync(join(project, path), 'utf8')


let root: string
let bin: string
let env: Record<string, string>

/** A scratch repository whose main has an old failure and whose branch adds one, and a presync on PATH. */
beforeEach(() => {
  root = writeTree({ 'policies/p.yaml': registriesPolicy, 'apps/old.yaml': podOf('old', 'theirs.example/a') })
  bin = writeTree({ presync: `#!/bin/sh\nexec "${process.execPath}" "${executable}" "$@"\n`, 'tmp/': '' })
  chmodSync(join(bin, 'presync'), 0o755)
  env = {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: bin, RUNNER_TEMP: join(bin, 'tmp'), GITHUB_OUTPUT: join(bin, 'output'), GITHUB_STEP_SUMMARY: join(bin, 'summary'),
    GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com', GIT_CONFIG_NOSYSTEM: '1',
  }
  for (const args of [['init', '-q', '-b', 'main'], ['add', '.'], ['commit', '-qm', 'base'], ['checkout', '-qb', 'change']]) run('git', args)
})

function run(program: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: 'utf8', env: { ...env, ...more } })
  return { status, stdout, stderr }
}

function add(name: string, image: string): void {
  writeFileSync(join(root, `apps/${name}.yaml`), podOf(name, image))
  run('git', ['add', '.'])
  run('git', ['commit', '-qm', name])
}

/** As the runner starts the steps whose shell is bash. */
const bash = (script: string, more: Readonly<Record<string, string>> = {}) => run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], more)

interface Step { readonly id?: string; readonly name?: string; readonly run?: string; readonly env?: Readonly<Record<string, string>> }

describe('action.yml', () => {
  const action = load(read('action.yml')) as { inputs: Record<string, { default?: string }>; outputs: object; runs: { using: string; steps: Step[] } }
  const check = action.runs.steps.find(({ id }) => id === 'check') as Step
  const inputs = { INPUT_PATHS: 'apps\n', INPUT_POLICIES: 'policies', INPUT_BASE: 'main', INPUT_ARGUMENTS: '', INPUT_PROGRAM: 'presync', INPUT_FAIL: 'true' }
  const outputs = () => Object.fromEntries(readFileSync(env['GITHUB_OUTPUT'] as string, 'utf8').trim().split('\n').map((line) => line.split('=') as [string, string]))

  test('is a composite action whose scripts contain no expression, and which asks for no token', () => {
    expect(action.runs.using).toBe('composite')
    for (const { run: script = '' } of action.runs.steps) expect(script).not.toContain('${{')
    expect(read('action.yml')).not.toMatch(/secrets\.|github\.token|GITHUB_TOKEN/)
    expect(Object.keys(check.env ?? {}).sort()).toEqual(Object.keys(inputs).sort())
  })

  test('fails for what a change brings, annotates it, and leaves the reports', () => {
    add('new', 'theirs.example/b')
    const { status, stdout } = bash(check.run as string, inputs)
    expect(status).toBe(1)
    expect(stdout).toMatch(/^::error file=apps\/new\.yaml,line=4/m)
    expect(stdout).not.toContain('apps/old.yaml')
    expect(outputs()).toMatchObject({ 'exit-code': '1' })
    expect(readFileSync(env['GITHUB_STEP_SUMMARY'] as string, 'utf8')).toContain('1 result would refuse this sync')
    expect(JSON.parse(readFileSync(outputs()['sarif'] as string, 'utf8'))).toMatchObject({ version: '2.1.0' })
    expect(existsSync(outputs()['html'] as string)).toBe(true)
  })

  test.each([
    ['a good change passes', 'ours.example/b', {}, 0],
    ['violations need not fail', 'theirs.example/b', { INPUT_FAIL: 'false' }, 0],
    ['what cannot be done does', 'ours.example/b', { INPUT_FAIL: 'false', INPUT_BASE: 'nowhere' }, 2],
    ['arguments are lines, not words of a shell', 'ours.example/b', { INPUT_ARGUMENTS: '--mode\n$(touch pwned)' }, 2],
    ['pull_request_target is refused', 'ours.example/b', { GITHUB_EVENT_NAME: 'pull_request_target' }, 2],
  ])('%s', (_, image, more, status) => {
    add('new', image)
    expect(bash(check.run as string, { ...inputs, ...more })).toMatchObject({ status })
    expect(existsSync(join(root, 'pwned'))).toBe(false)
  })
})

/** Runs the script of a GitLab job on a merge request. */
function gitlabJob(job: { readonly script: readonly string[] }) {
  const script = job.script.join('\n').replace('$[[ inputs.arguments ]]', '')
  return run('sh', ['-ec', script], { CI_MERGE_REQUEST_DIFF_BASE_SHA: 'main' })
}

test('the GitLab component is two documents, and its job fails for what a change brings', () => {
  const [head, body] = loadAll(read('.gitlab/presync.yml')) as [{ spec: { inputs: object } }, { presync: { script: string[]; artifacts: { reports: object } } }]
  const used = [...read('.gitlab/presync.yml').matchAll(/\$\[\[ inputs\.(\w+) \]\]/g)].map((match) => match[1])
  expect(Object.keys(head.spec.inputs).sort()).toEqual([...new Set(used)].sort())
  expect(gitlabJob(body.presync).status).toBe(0)
  add('new', 'theirs.example/b')
  expect(gitlabJob(body.presync).status).toBe(1)
  for (const file of Object.values(body.presync.artifacts.reports) as string[]) expect(existsSync(join(root, file))).toBe(true)
})

test('the hooks of pre-commit run, and what it installs is built when it is packed', () => {
  const hooks = load(read('.pre-commit-hooks.yaml')) as { id: string; entry: string; args?: string[]; language: string; pass_filenames: boolean }[]
  expect(hooks.map(({ id, language, pass_filenames: named }) => [id, language, named])).toEqual([['presync-check', 'node', false], ['presync-test', 'node', false]])
  expect(JSON.parse(read('package.json'))).toMatchObject({ bin: { presync: expect.any(String) as string }, scripts: { prepack: expect.any(String) as string } })
  expect(hooks.map(({ entry, args = [] }) => run('sh', ['-c', [entry, ...args].join(' ')]).status)).toEqual([1, 0])
})

describe('presync init', () => {
  const init = (...args: readonly string[]) => run('presync', ['init', ...args])

  test('writes what was asked for, never over what is there', () => {
    expect(init('--github', '--gitlab', '--pre-commit', '--jenkins')).toMatchObject({
      status: 0, stdout: 'wrote .presync.yaml\nwrote .github/workflows/presync.yml\nwrote .gitlab/presync.yml\nwrote .pre-commit-config.yaml\nwrote presync.Jenkinsfile\n',
    })
    writeFileSync(join(root, '.presync.yaml'), 'mode: audit\n')
    rmSync(join(root, '.gitlab'), { recursive: true })
    const again = init('--gitlab')
    expect(again.status).toBe(2)
    expect(again.stderr).toContain('.presync.yaml is there already')
    expect(existsSync(join(root, '.gitlab'))).toBe(false)
    expect(init('--force').status).toBe(0)
    expect(readFileSync(join(root, '.presync.yaml'), 'utf8')).not.toContain('mode: audit\n# ')
    expect(init('--force', '--image', "x' ; rm").status).toBe(2)
  })

  test('writes a configuration that is valid, also with every comment taken away', () => {
    init()
    expect(run('presync', ['check', 'apps']).status).toBe(0)
    const text = readFileSync(join(root, '.presync.yaml'), 'utf8').replace(/^# (?=[a-z][a-zA-Z]*:(?: |$)|  )/gm, '')
    mkdirSync(dirname(join(root, 'x')), { recursive: true })
    writeFileSync(join(root, '.presync.yaml'), text)
    writeFileSync(join(root, 'values.yaml'), '{}')
    const { stdout, stderr } = run('presync', ['check', '--verbose'])
    expect(stdout + stderr).not.toContain('INVALID_CONFIGURATION')
    expect(Object.keys(load(text) as object).length).toBeGreaterThan(6)
  })

  test('writes CI that fails for what a change brings', () => {
    init('--github', '--gitlab', '--jenkins')
    writeFileSync(join(root, '.presync.yaml'), 'paths: [apps]\npolicies: [policies]\n')
    add('new', 'theirs.example/b')
    const workflow = load(readFileSync(join(root, '.github/workflows/presync.yml'), 'utf8')) as { on: object; permissions: object; jobs: { check: { steps: Step[] } } }
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(Object.keys(workflow.on)).toEqual(['pull_request', 'push'])
    const { status, stdout } = bash(workflow.jobs.check.steps.at(-1)?.run as string, { BASE: 'main' })
    expect(status).toBe(1)
    expect(stdout).toContain('::error file=apps/new.yaml')
    expect(stdout).not.toContain('apps/old.yaml')
    const { presync } = load(readFileSync(join(root, '.gitlab/presync.yml'), 'utf8')) as { presync: { script: string[] } }
    expect(gitlabJob(presync).status).toBe(1)
    const shell = /sh '''([\s\S]*?)'''/.exec(readFileSync(join(root, 'presync.Jenkinsfile'), 'utf8'))?.[1] as string
    run('git', ['remote', 'add', 'origin', root])
    const jenkins = run('sh', ['-ec', shell], { CHANGE_TARGET: 'main' })
    expect(jenkins.status, jenkins.stderr).toBe(1)
    expect(jenkins.stdout).toContain('1 new, 0 fixed, 1 unchanged')
  })
})
