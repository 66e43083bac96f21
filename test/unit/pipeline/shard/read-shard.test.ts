import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { version } from '../../../../src/model/version.ts'
import { mergeShards } from '../../../../src/pipeline/shard/merge-shards.ts'
import type { PartOptions } from '../../../../src/pipeline/shard/run-identity.ts'
import { writeShard } from '../../../../src/pipeline/shard/write-shard.ts'
import { SourceTexts } from '../../../../src/pipeline/source-texts.ts'
import { reportFormats } from '../../../../src/report/index.ts'
import { writeTree } from '../../../support/write-tree.ts'

const gate = { mode: 'policy', failOn: 'block', strict: false } as const
const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}}\nspec:\n  hostPID: true\n  containers: [{name: a, image: x}]\n`
let cwd: string
const options = (more: Partial<PartOptions> = {}): PartOptions => ({
  cwd, paths: ['apps'], namespace: 'default', policies: [], exceptions: [], valuesFiles: [], settings: [], network: false, tools: {}, allowEmpty: false, offline: true, now: 0, texts: new SourceTexts(), ...more,
})

/** A document, parsed, so that a test can spoil it. */
async function write(index: number, count: number, more: Partial<PartOptions> = {}, spoil: (text: string) => string = (text) => text): Promise<string> {
  const { text } = await writeShard(options(more), { share: { index, count }, gate, configuration: { problems: [] } })
  const file = `${index}-${count}-${Object.keys(more).join('-')}.json`
  writeFileSync(join(cwd, file), spoil(text))
  return file
}

beforeAll(() => {
  cwd = writeTree({ 'apps/a.yaml': pod('a'), 'apps/b.yaml': pod('b'), 'apps/c.yaml': pod('c'), 'policies/p.yaml': 'apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: p}\nspec: {rules: [{name: r, match: {any: [{resources: {kinds: [Pod]}}]}, validate: {message: m, pattern: {spec: {hostPID: "false"}}}}]}\n' })
})

test.each<[string, Partial<PartOptions>, RegExp]>([
  ['options', { namespace: 'other' }, /shard 2 \(.*\) was made with other options \(namespace\) than shard 1 \(.*\); run all shards again, from the same commit and with the same options/],
  ['several options', { settings: ['a=b'], kubeVersion: '1.30' }, /other options \(kube-version, set\)/],
  ['policies', { policies: ['policies'] }, /other options \(policy\)/],
])('shards with other %s are refused', async (_, more, message) => {
  const files = [await write(1, 2), await write(2, 2, more)]
  expect(() => mergeShards(files, cwd)).toThrow(message)
})

test('and so are those of other resources, policies, counts and versions, missing ones and those given twice', async () => {
  const [one, two] = [await write(1, 2), await write(2, 2)]
  const third = await write(3, 3)
  expect(() => mergeShards([one], cwd)).toThrow(`shard 2 of 2 is missing; run presync check --shard 2/2 and give its file too`)
  expect(() => mergeShards([third], cwd)).toThrow('shards 1, 2 of 3 are missing')
  expect(() => mergeShards([one, two, one], cwd)).toThrow(`${one} and ${one} are both shard 1 of 2; give each shard once`)
  expect(() => mergeShards([one, third], cwd)).toThrow('one is of 2 shards, the other of 3')
  writeFileSync(join(cwd, 'apps/d.yaml'), pod('d'))
  expect(() => mergeShards([one, 'x'], cwd)).toThrow('does not exist')
  const later = await write(2, 2, { paths: ['apps'], texts: new SourceTexts() })
  expect(() => mergeShards([one, later], cwd)).toThrow('found other resources')
  const old = await write(2, 2, { allowEmpty: false }, (text) => text.replace(`"version":"${version}"`, '"version":"0.0.1"'))
  expect(() => mergeShards([one, old], cwd)).toThrow(`was written by presync 0.0.1, and this is ${version}: let the same presync check and merge`)
})

test.each<[string, string | ((text: string) => string), RegExp]>([
  ['nothing', '', /is empty; presync check --shard did not finish writing it/],
  ['half a document', (text) => text.slice(0, text.length / 2), /^x\.json:1:\d+: /],
  ['another document', pod('a'), /^x\.json:1:\d+: this is not what presync check --shard writes: apiVersion/],
  ['a list', '[1, 2]', /x\.json:1:1/],
  ['two documents', (text) => `${text}---\n${text}`, /a shard is one document|^x\.json/],
  ['a wrong type', (text) => text.replace('"resourceCount":3', '"resourceCount":"3"'), /^x\.json:1:\d+: head\.(?:sources\.0\.)?resourceCount: invalid input: expected number/],
  ['a field that is not known', (text) => text.replace('"share":', '"shares":1,"share":'), /unknown field "shares"/],
  ['a prototype', (text) => text.replace('"share":{', '"share":{"__proto__":{"index":1},'), /unknown field "__proto__"/],
  ['a constructor among the options', (text) => text.replace('"options":{', '"options":{"constructor":{"a":1},'), /run\.options\.constructor/],
  ['a line beyond all files', (text) => text.replace(/"line":1\b/g, '"line":1e300'), /line: /],
  ['a policy that is not there', (text) => text.replace(/"policy":0/, '"policy":7'), /x\.json names a policy or a resource that is not in it/],
  ['a resource that is not there', (text) => text.replace(/"resource":0/, '"resource":70'), /names a policy or a resource that is not in it/],
  ['an index beyond the count', (text) => text.replace('"index":1,"count":1', '"index":2,"count":1'), /share: /],
  ['a code with markup', (text) => text.replace('"rendering":[]', '"rendering":[{"code":"A\\"><script>","severity":"error","message":"m"}]'), /must be a code/],
  ['deep nesting', (text) => text.replace('"metadata":', `"metadata":${'['.repeat(600)}${']'.repeat(600)},"m":`), /nested deeper than/],
  ['many wrong things', (text) => text.replaceAll('"message":"', '"messag":"'), /… and \d+ more/],
])('%s is refused with its place', async (_, spoil, message) => {
  const file = await write(1, 1, { paths: ['apps/a.yaml', 'apps/b.yaml', 'apps/c.yaml'] }, (text) => (typeof spoil === 'string' ? spoil : spoil(text)))
  writeFileSync(join(cwd, 'x.json'), readFileSync(join(cwd, file)))
  expect(() => mergeShards(['x.json'], cwd)).toThrow(expect.objectContaining({ code: 'INVALID_SHARD', message: expect.stringMatching(message) as string }) as Error)
})

test('what a stranger writes into one cannot act in a terminal, nor in a page', async () => {
  const evil = '\\u001b[31m</script><img src=x onerror=alert(1)>::error::x\\u202e'
  const file = await write(1, 1, {}, (text) => text.replaceAll('"message":"', `"message":"${evil}`).replaceAll('"name":"a"', `"name":"${evil}"`).replaceAll('"file":"apps/a.yaml"', `"file":"${evil}"`).replace('"notices":[', `"notices":["${evil}",`))
  const { report, sourceText } = mergeShards([file], cwd)
  for (const [name, { format }] of Object.entries(reportFormats)) {
    const printed = format(report, { gate, color: false, all: true, sourceText })
    for (const character of ['\u001b', '\u202e']) expect(printed, name).not.toContain(character)
    if (['html', 'junit'].includes(name)) expect(printed, name).not.toContain('<img')
  }
})
