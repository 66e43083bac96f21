import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../../src/model/report.ts'
import { check, type CheckOptions } from '../../../src/pipeline/check.ts'
import { SourceTexts } from '../../../src/pipeline/source-texts.ts'
import { toReportDocument } from '../../../src/report/report-document.ts'
import { writeTree } from '../../support/write-tree.ts'

const policy = (message: string, more = '') => `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: p}
spec:
  rules:
  - name: r
    match: {any: [{resources: {kinds: [Pod]}}]}${more}
    validate: {message: "${message}", pattern: {spec: {containers: [{image: "ours/*"}]}}}
`
const addition = `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: a}\nspec:\n  rules:\n  - name: add\n    match: {any: [{resources: {kinds: [Pod]}}]}\n    mutate: {patchStrategicMerge: {metadata: {labels: {big: "9007199254740993"}}}}\n`
const pod = (name: string, image: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: shop}\nspec:\n  activeDeadlineSeconds: 9007199254740993\n  containers: [{name: c, image: ${image}}]\n`
const exception = 'apiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: {name: x, namespace: shop}\nspec:\n  exceptions: [{policyName: p, ruleNames: [r]}]\n  match: {any: [{resources: {kinds: [Pod], names: [bad]}}]}\n'
const values = (value: string) => `apiVersion: cli.kyverno.io/v1alpha1\nkind: Values\nglobalValues: {x: ${value}}\n`
const user = (name: string) => `apiVersion: cli.kyverno.io/v1alpha1\nkind: UserInfo\nmetadata: {name: u}\nuserInfo: {username: ${name}}\n`
const namespace = (label: string) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {l: ${label}}}\n`

let root: string
let folder: string

beforeEach(() => {
  root = writeTree({
    'policies/p.yaml': policy('ours'), 'policies/a.yaml': addition, 'apps/a/pods.yaml': `${pod('bad', 'theirs/x')}---\n${pod('good', 'ours/x')}`, 'apps/ns/ns.yaml': namespace('a'),
    'values.yaml': values('a'), 'user.yaml': user('a'), 'exceptions/none.yaml': exception.replace('names: [bad]', 'names: [other]'),
  })
  folder = join(writeTree({ 'cache/': '' }), 'cache')
})

const put = (name: string, text: string) => (): undefined => void writeFileSync(join(root, name), text)

function run(more: Partial<CheckOptions> = {}): Promise<Report> {
  return check({
    cwd: root, paths: ['apps'], namespace: 'default', policies: ['policies'], exceptions: ['exceptions'], valuesFiles: ['values.yaml'], settings: ['y=1'], userInfoFile: 'user.yaml', network: false, tools: {},
    allowEmpty: false, offline: true, now: 0, texts: new SourceTexts(), resultsFolder: folder, ...more,
  })
}

const asDocument = (report: Report) => toReportDocument(report, { mode: 'policy', failOn: 'block', strict: false })
const entries = () => (existsSync(join(folder, 'results')) ? readdirSync(join(folder, 'results'), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, 'results', name)).filter((path) => statSync(path).isFile()) : [])

/** Makes every entry say that no policy had anything to say, so that its use shows. */
function emptyEntries(): void {
  for (const path of entries()) {
    const text = readFileSync(path, 'utf8')
    const content = JSON.stringify({ policies: [], results: (JSON.parse(text.slice(text.indexOf('\n') + 1)) as { results: unknown[] }).results.map(() => []) })
    writeFileSync(path, `${createHash('sha256').update(content).digest('hex')}\n${content}`)
  }
}

test('the same is not evaluated again, and comes out the same', async () => {
  const plain = await run({ resultsFolder: undefined })
  expect(asDocument(await run())).toEqual(asDocument(plain))
  expect(asDocument(await run())).toEqual(asDocument(plain))
  expect(plain.results.length).toBeGreaterThan(0)
  emptyEntries()
  expect((await run()).results).toEqual([])
})

describe('results are found again when something changes that decides about them', () => {
  test.each<[string, () => Partial<CheckOptions> | undefined]>([
    ['a resource', put('apps/a/pods.yaml', pod('bad', 'other/x'))],
    ['a resource more', put('apps/a/pods.yaml', `${pod('bad', 'theirs/x')}---\n${pod('good', 'ours/x')}---\n${pod('more', 'ours/x')}`)],
    ['a label of the Namespace', put('apps/ns/ns.yaml', namespace('b'))],
    ['a policy', put('policies/p.yaml', policy('not ours'))],
    ['the lines of a policy', put('policies/p.yaml', `# moved\n${policy('ours')}`)],
    ['a policy more', put('policies/b.yaml', policy('ours').replace('name: p', 'name: b'))],
    ['an exception', put('exceptions/some.yaml', exception)],
    ['a value', put('values.yaml', values('b'))],
    ['a setting', () => ({ settings: ['y=2'] })],
    ['who asks', put('user.yaml', user('b'))],
    ['the operation', () => ({ settings: ['request.operation=UPDATE'] })],
    ['where resources go', () => { writeFileSync(join(root, 'apps/a/pods.yaml'), pod('bad', 'theirs/x').replace(', namespace: shop', '')); return { namespace: 'other' } }],
  ])('%s', async (_, change) => {
    await run()
    emptyEntries()
    const options = change() ?? {}
    const fresh = await run({ ...options, resultsFolder: undefined })
    const kept = await run(options)
    const ofPods = ({ results }: Report) => results.filter(({ resource }) => resource.id.kind === 'Pod').length
    expect(ofPods(kept)).toBe(ofPods(fresh))
    expect(ofPods(kept)).toBeGreaterThan(0)
    expect(asDocument(await run(options))).toEqual(asDocument(kept))
  })
})

test('places are those of the file as it is', async () => {
  await run()
  const before = entries().length
  writeFileSync(join(root, 'apps/a/pods.yaml'), `# moved\n\n${readFileSync(join(root, 'apps/a/pods.yaml'), 'utf8')}`)
  const report = await run()
  expect(entries()).toHaveLength(before)
  expect(asDocument(report)).toEqual(asDocument(await run({ resultsFolder: undefined })))
  expect(JSON.stringify(asDocument(report))).toContain('"line":8')
})

describe('nothing is kept of what', () => {
  test.each([
    ['looks something up', '\n    context: [{name: c, configMap: {name: c, namespace: shop}}]\n    preconditions: {all: [{key: "{{ c.data.x || \'\' }}", operator: NotEquals, value: z}]}'],
    ['asks for the time', '\n    preconditions: {all: [{key: "{{ time_now_utc() }}", operator: NotEquals, value: z}]}'],
    ['asks for a random text', '\n    preconditions: {all: [{key: "{{ random(\'[a-z]\') }}", operator: NotEquals, value: zz}]}'],
  ])('%s', async (_, more) => {
    writeFileSync(join(root, 'policies/p.yaml'), policy('ours', more))
    await run()
    // The Namespace's, which no rule is about.
    expect(entries()).toHaveLength(1)
  })
})

test('runs at the same time do not disturb each other, broken entries are passed over, and only the user can read', async () => {
  const plain = asDocument(await run({ resultsFolder: undefined }))
  for (const report of await Promise.all(Array.from({ length: 8 }, () => run()))) expect(asDocument(report)).toEqual(plain)
  expect(entries()).toHaveLength(2)
  for (const path of entries()) {
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0)
    writeFileSync(path, readFileSync(path, 'utf8').slice(0, -10))
  }
  expect(asDocument(await run())).toEqual(plain)
  for (const path of entries()) writeFileSync(path, '')
  expect(asDocument(await run())).toEqual(plain)
})
