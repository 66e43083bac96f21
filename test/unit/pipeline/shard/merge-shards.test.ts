import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkAgainstBase } from '../../../../src/pipeline/check-against-base.ts'
import { check } from '../../../../src/pipeline/check.ts'
import { SourceTexts } from '../../../../src/pipeline/source-texts.ts'
import type { PartOptions } from '../../../../src/pipeline/shard/run-identity.ts'
import { createBaseline, formatBaseline } from '../../../../src/report/index.ts'
import { renderTools } from '../../../support/render-tools.ts'
import { printMerged, printWhole } from '../../../support/shard-runs.ts'
import { writeShardedRepository } from '../../../support/sharded-repository.ts'
import { writeTree } from '../../../support/write-tree.ts'

const now = Date.parse('2030-01-01T00:00:00Z')
let cwd: string
let out: string

const options = (): PartOptions => ({
  cwd, paths: ['.'], namespace: 'default', policies: [], exceptions: [], valuesFiles: [], settings: [], network: false, tools: { ...renderTools, cache: join(out, 'cache') }, allowEmpty: false, offline: true, now, texts: new SourceTexts(),
})

beforeAll(async () => {
  out = writeTree({})
  cwd = writeShardedRepository()
  // Half of what fails is known, and one entry is of something else.
  const all = createBaseline((await check(options())).results)
  const known = all.filter((_, index) => index % 2 === 0).map((entry) => ({ ...entry, count: (entry.count ?? 1) + (entry.rule.startsWith('registries') ? 1 : 0) }))
  writeFileSync(join(cwd, 'known.json'), formatBaseline([...known, { fingerprint: '0'.repeat(32), rule: 'gone/gone', resource: 'Pod gone', reason: 'gone' }]))
})

const runs: Readonly<Record<string, readonly [() => PartOptions, readonly number[]]>> = {
  'the policies in the tree': [options, [1, 2, 3, 7]],
  'a baseline': [() => ({ ...options(), baselineFile: 'known.json' }), [1, 2, 3, 7]],
  'named policies for some Applications': [() => ({ ...options(), policies: ['builtin:pod-security-restricted', 'policies'], applications: ['shop-eu', 'red'], partial: true }), [3]],
  'a change': [() => ({ ...options(), base: 'main', showDiff: true }), [1, 2, 3, 7]],
  'a change and a baseline': [() => ({ ...options(), base: 'main', baselineFile: 'known.json' }), [3]],
  'a base that is not there': [() => ({ ...options(), base: 'nowhere' }), [2]],
  'nothing': [() => ({ ...options(), paths: ['nowhere'] }), [2]],
}

describe.skipIf(renderTools.kustomize === undefined)('shards, merged, are what one run would have been', () => {
  test.each(Object.entries(runs))('%s', async (_, [of, counts]) => {
    const expected = await printWhole(of())
    for (const count of counts) expect(await printMerged(of, count, out), `${count} shards`).toEqual(expected)
  })

  test('the repository has what shards could get wrong', async () => {
    const whole = { ...options(), base: 'main', showDiff: true, baselineFile: 'known.json' }
    const report = await checkAgainstBase(whole)
    const plain = await check({ ...options(), baselineFile: 'known.json' })
    const statuses = new Set([...report.results, ...plain.results].map((result) => (result.status === 'skip' && result.suppression !== undefined ? result.suppression.by : result.status)))
    expect([...statuses].sort()).toEqual(['annotation', 'baseline', 'error', 'fail', 'pass', 'skip'])
    expect([...new Set(plain.problems.map(({ code }) => code))].sort()).toEqual(['EXPIRED_SUPPRESSION', 'INVALID_SUPPRESSION', 'INVALID_YAML', 'MISSING_FILE', 'RESOURCE_WITHOUT_NAME', 'UNKNOWN_FIELD', 'UNUSED_SUPPRESSION', 'WRONG_TYPE'])
    expect(plain.notices.join('\n')).toMatch(/look-ups of .* were answered from the checked resources alone/)
    const { fixed = [], unchanged = [], changes = [] } = report.comparison ?? {}
    expect([fixed.length, unchanged.length, changes.length].every((length) => length > 0)).toBe(true)
  })
})
