// Kyverno: cmd/cli/kubectl-kyverno/commands/apply/table.go
import type { ApplyReport, ApplyResponse } from '../../model/apply-report.ts'
import type { RuleResult, Status } from '../../model/result.ts'
import { printable } from '../../values/printable.ts'
import { createStyle, type Style } from '../style.ts'
import { formatGrid } from '../text-grid.ts'
import { reportedStatus } from './count-results.ts'

export interface ApplyTableOptions {
  readonly auditWarn: boolean
  readonly detailed: boolean
  readonly color: boolean
}

const names: Readonly<Record<Status, string>> = { pass: 'Pass', fail: 'Fail', warn: 'Warn', error: 'Error', skip: 'Skip' }

/** One line a result; nothing at all where there is none, as in Kyverno. */
export function formatTable({ responses }: ApplyReport, options: ApplyTableOptions): string {
  const style = createStyle(options.color)
  const results = responses.flatMap((response) => response.results.map((result) => ({ response, result })))
  const rows = results.map(({ response, result }, index) => toCells(index + 1, response, result, options))
  if (rows.length === 0) return ''
  const headings = ['ID', 'POLICY', 'RULE', 'RESOURCE', 'RESULT', 'REASON', ...(options.detailed ? ['MESSAGE'] : [])]
  const decorate = (cell: string, column: number, row: number): string => (column === 4 && results[row] ? colorOf(reportedStatus(results[row].result, options), style)(cell) : cell)
  return `${formatGrid({ headings, rows, decorateHeading: style.green, decorate }).join('\n')}\n`
}

function toCells(id: number, { policy, resource }: ApplyResponse, result: RuleResult, options: ApplyTableOptions): readonly string[] {
  const name = policy.namespace === undefined || policy.namespace === '' ? policy.name : `${policy.namespace}/${policy.name}`
  const hasRules = policy.kind === 'ClusterPolicy' || policy.kind === 'Policy'
  const { namespace = '', kind, name: resourceName } = resource.id
  const path = kind === '' && resourceName === '' ? 'JSON payload' : [namespace, kind, resourceName].filter((part) => part !== '').join('/')
  const cells = [String(id), name, hasRules ? result.rule : '', path, names[reportedStatus(result, options)], '', ...(options.detailed ? [result.message] : [])]
  return cells.map(printable)
}

function colorOf(status: Status, style: Style): (text: string) => string {
  return status === 'pass' ? style.green : status === 'fail' || status === 'error' ? style.red : status === 'warn' ? style.yellow : style.cyan
}
