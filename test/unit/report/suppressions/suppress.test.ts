import { describe, expect, test } from 'vitest'
import type { RuleResult, Violation } from '../../../../src/model/result.ts'
import { compareReports, createBaseline, formatBaseline, pruneBaseline, suppress, type Baseline, type BaselineEntry } from '../../../../src/report/index.ts'
import { makeReport, makeResource, makeResult } from '../../../support/make-result.ts'

const today = '2026-03-01'
const annotated = (text: string) => makeResource('Pod', 'web', 1, { metadata: { annotations: { 'presync.dev/ignore': text } }, spec: { a: 1, b: 2 } })
const codes = (problems: readonly { code: string }[]) => problems.map(({ code }) => code)

describe('the annotation', () => {
  test.each<[string, string, string, string[]]>([
    ['a policy', 'limits: a job that ends at once', 'skip', []],
    ['a rule', 'limits/check: known', 'skip', []],
    ['one line of several', 'other: x\n\n  limits/check: known\n', 'skip', ['UNUSED_SUPPRESSION']],
    ['a day that is not over', 'limits until 2026-03-01: known', 'skip', []],
    ['a day that is over', 'limits until 2026-02-28: known', 'fail', ['EXPIRED_SUPPRESSION']],
    ['another rule', 'limits/other: known', 'fail', ['UNUSED_SUPPRESSION']],
    ['a reason with colons', 'limits: see https://example.com/1', 'skip', []],
    ['no reason', 'limits', 'fail', ['INVALID_SUPPRESSION']],
    ['an empty reason', 'limits:  ', 'fail', ['INVALID_SUPPRESSION']],
    ['no such day', 'limits until 2026-02-30: known', 'fail', ['INVALID_SUPPRESSION']],
    ['a word too many', 'limits and more: known', 'fail', ['INVALID_SUPPRESSION']],
    ['no wildcards', '*: everything', 'fail', ['UNUSED_SUPPRESSION']],
    ['nothing', '', 'fail', []],
  ])('%s', (_, text, status, problems) => {
    const resource = annotated(text)
    const outcome = suppress([makeResult('fail', resource)], [resource], { today })
    expect(outcome.results.map((result) => result.status)).toEqual([status])
    expect(codes(outcome.problems)).toEqual(problems)
  })

  test('means what Kyverno derives for controllers, a policy with its namespace, and also what could not be evaluated', () => {
    const resource = annotated('limits/check: known')
    expect(suppress([makeResult('fail', resource, { rule: 'autogen-check' }), makeResult('error', resource, { rule: 'autogen-cronjob-check' })], [resource], { today }).results.map(({ status }) => status)).toEqual(['skip', 'skip'])
    const own = annotated('shop/limits/check: known')
    const policy = { kind: 'Policy' as const, name: 'limits', namespace: 'shop', annotations: {} }
    expect(suppress([makeResult('fail', own, { policy })], [own], { today }).results).toMatchObject([{ status: 'skip', message: 'suppressed by presync.dev/ignore: known', suppression: { by: 'annotation', status: 'fail' } }])
  })

  test('holds for the resource that a policy changed before, and for no other', () => {
    const resource = annotated('limits: known')
    const other = makeResource('Pod', 'web', 9)
    const { results } = suppress([makeResult('fail', { ...resource, object: {} }), makeResult('fail', other), makeResult('pass', resource)], [resource, other], { today })
    expect(results.map(({ status }) => status)).toEqual(['skip', 'fail', 'pass'])
  })
})

describe('a baseline', () => {
  const at = (...steps: string[]): Violation => ({ path: steps, message: 'm' })
  const resource = makeResource('Pod', 'web', 1, { spec: { a: 1, b: 2 } })
  const fail = (...violations: Violation[]): RuleResult => makeResult('fail', resource, { violations })
  const baseline = (entries: readonly BaselineEntry[]): Baseline => ({ file: 'known.json', entries })

  test('accepts what it was made of, and nothing else', () => {
    const entries = createBaseline([fail(at('spec', 'a'))])
    const { results, problems } = suppress([fail(at('spec', 'a'), at('spec', 'b'))], [resource], { today, baseline: baseline(entries) })
    expect(results).toMatchObject([{ status: 'fail', violations: [{ path: ['spec', 'b'] }] }, { status: 'skip', suppression: { by: 'baseline', violations: [{ path: ['spec', 'a'] }] } }])
    expect(problems).toEqual([])
  })

  test('counts violations that look the same', () => {
    const entries = createBaseline([fail(at('spec', 'a'), at('spec', 'a'))])
    expect(entries).toMatchObject([{ count: 2, path: 'spec.a' }])
    const three = suppress([fail(at('spec', 'a'), at('spec', 'a'), at('spec', 'a'))], [resource], { today, baseline: baseline(entries) })
    expect(three.results.map((result) => [result.status, 'violations' in result ? result.violations.length : 0])).toEqual([['fail', 1], ['skip', 0]])
    expect(suppress([fail(at('spec', 'a'))], [resource], { today, baseline: baseline(entries) }).problems.map(({ message }) => message)[0]).toContain('1 of 2 are gone')
  })

  test.each<[string, Partial<BaselineEntry>, boolean, string, string[]]>([
    ['with a reason', { reason: 'TICKET-1' }, false, 'suppressed by the baseline: TICKET-1', []],
    ['with a day', { until: '2026-03-01' }, false, 'suppressed by the baseline until 2026-03-01: known when the baseline was made', []],
    ['with a day that is over', { until: '2026-02-01' }, false, 'a limit is required', ['EXPIRED_SUPPRESSION']],
    ['of something that is gone', { fingerprint: '0'.repeat(32) }, false, 'a limit is required', ['UNUSED_SUPPRESSION']],
    ['of something that is not looked at', { fingerprint: '0'.repeat(32) }, true, 'a limit is required', []],
  ])('entry %s', (_, change, partial, message, problems) => {
    const entries = createBaseline([fail(at('spec', 'a'))]).map((entry) => ({ ...entry, ...change }))
    const outcome = suppress([fail(at('spec', 'a'))], [resource], { today, partial, baseline: baseline(entries) })
    expect(outcome.results[0]?.message).toBe(message)
    expect(codes(outcome.problems)).toEqual(problems)
  })

  test('is the same text whatever the order, and keeps reasons', () => {
    const [a, b] = [fail(at('spec', 'a')), makeResult('error', makeResource('Pod', 'api'))]
    const first = createBaseline([a, b])
    expect(formatBaseline(createBaseline([b, a]))).toBe(formatBaseline(first))
    expect(formatBaseline(first).endsWith('}\n')).toBe(true)
    const reasoned = first.map((entry) => ({ ...entry, reason: 'x' }))
    expect(createBaseline([a], reasoned)).toMatchObject([{ reason: 'x', resource: 'Pod shop/web' }])
  })

  test('pruning takes out and never adds', () => {
    const entries = createBaseline([fail(at('spec', 'a'), at('spec', 'a')), fail(at('spec', 'b'))]).map((entry) => ({ ...entry, reason: 'x' }))
    expect(pruneBaseline(entries, [fail(at('spec', 'a'), at('spec', 'c'))])).toMatchObject([{ path: 'spec.a', reason: 'x' }])
    expect(pruneBaseline(entries, [])).toEqual([])
  })
})

test('what a change suppresses is not fixed, and what it no longer suppresses is new', () => {
  const resource = annotated('limits: known')
  const failing = makeResult('fail', resource)
  const { results } = suppress([failing], [resource], { today })
  const base = { ref: 'main', commit: 'c' }
  expect(compareReports(makeReport(results), makeReport([failing]), base)).toMatchObject({ results: [{ status: 'skip' }], comparison: { fixed: [], unchanged: [] } })
  expect(compareReports(makeReport([failing]), makeReport(results), base).results).toEqual([failing])
})
