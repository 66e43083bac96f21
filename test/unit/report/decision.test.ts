import { expect, test } from 'vitest'
import type { Gate, Report } from '../../../src/model/report.ts'
import { decide, judge } from '../../../src/report/decision.ts'
import { gate, makeReport, makeResource, makeResult } from '../../support/make-result.ts'

const pod = makeResource('Pod', 'web')
const audited = makeResult('fail', pod)
const enforced = makeResult('fail', pod, { action: 'Enforce' })
const warning = makeResult('warn', pod, { action: 'Enforce' })
const error = makeResult('error', pod)
const enforcedError = makeResult('error', pod, { action: 'Enforce' })
const blind = makeResult('skip', pod, { missing: [{ what: 'ConfigMap a/b', hint: 'give it' }] })
const problem = (severity: 'error' | 'warning'): Partial<Report> => ({ problems: [{ code: 'X', severity, message: 'broken' }] })

const cases: readonly { says: string; report: Report; gate?: Partial<Gate>; decision: string; outcome: string }[] = [
  { says: 'nothing', report: makeReport([]), decision: 'allow', outcome: 'ok' },
  { says: 'an audited failure', report: makeReport([audited]), decision: 'allow', outcome: 'ok' },
  { says: 'an audited failure, --fail-on fail', report: makeReport([audited]), gate: { failOn: 'fail' }, decision: 'allow', outcome: 'violations' },
  { says: 'an audited failure, --mode enforce', report: makeReport([audited]), gate: { mode: 'enforce' }, decision: 'block', outcome: 'violations' },
  { says: 'an enforced failure', report: makeReport([enforced]), decision: 'block', outcome: 'violations' },
  { says: 'an enforced failure, --mode audit', report: makeReport([enforced]), gate: { mode: 'audit' }, decision: 'allow', outcome: 'ok' },
  { says: 'an enforced failure, --fail-on never', report: makeReport([enforced]), gate: { failOn: 'never' }, decision: 'block', outcome: 'ok' },
  { says: 'a warning of an enforced rule', report: makeReport([warning]), decision: 'allow', outcome: 'ok' },
  { says: 'a warning, --fail-on warn', report: makeReport([warning]), gate: { failOn: 'warn' }, decision: 'allow', outcome: 'violations' },
  { says: 'an audited error', report: makeReport([error]), decision: 'allow', outcome: 'ok' },
  { says: 'an audited error, --strict', report: makeReport([error]), gate: { strict: true }, decision: 'allow', outcome: 'failed' },
  { says: 'an enforced error', report: makeReport([enforcedError]), decision: 'block', outcome: 'failed' },
  { says: 'an enforced error beside a failure', report: makeReport([enforced, enforcedError]), decision: 'block', outcome: 'failed' },
  { says: 'a skip for want of data', report: makeReport([blind]), decision: 'allow', outcome: 'ok' },
  { says: 'a skip for want of data, --strict', report: makeReport([blind]), gate: { strict: true }, decision: 'allow', outcome: 'failed' },
  { says: 'a broken input', report: makeReport([], problem('error')), decision: 'allow', outcome: 'failed' },
  { says: 'a doubtful input', report: makeReport([], problem('warning')), decision: 'allow', outcome: 'ok' },
  { says: 'a doubtful input, --strict', report: makeReport([], problem('warning')), gate: { strict: true }, decision: 'allow', outcome: 'failed' },
]

test.each(cases)('$says: $decision, $outcome', ({ report, gate: overrides, decision, outcome }) => {
  const judged = { ...gate, ...overrides }
  expect({ decision: decide(report, judged.mode), outcome: judge(report, judged) }).toEqual({ decision, outcome })
})
