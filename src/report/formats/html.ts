// One self-contained page: no request leaves it, and nothing that a manifest says can run in it.
import { createHash } from 'node:crypto'
import type { Report } from '../../model/report.ts'
import { version } from '../../model/version.ts'
import { decide } from '../decision.ts'
import { linesOf } from '../excerpt.ts'
import { count, formatLocation } from '../names.ts'
import { sortResults } from '../order.ts'
import { printable } from '../../values/printable.ts'
import type { FormatOptions, ReportFormat } from '../report-format.ts'
import { summarize, type Summary } from '../summary.ts'
import { escapeXmlAttribute as attribute, escapeXmlText as text } from '../xml-text.ts'
import { formatEntry, toEntry, type Entry } from './html/entry.ts'
import { script } from './html/script.ts'
import { style } from './html/style.ts'

/** What the page is grouped and filtered by. */
const facets = { policy: 'Policy', application: 'Application', namespace: 'Namespace' } as const
type Facet = keyof typeof facets

/** For people, in a browser: what is blocked, by policy, Application and namespace, with the lines that cause it. */
export const html: ReportFormat = {
  summary: 'one self-contained page for people, with filters and the lines in question',
  format(report, options) {
    const { mode } = options.gate
    const entries = sortResults(report.results, mode).flatMap((result) => toEntry(result, report, mode) ?? [])
    const summary = summarize(report, mode)
    const main = [formatCharts(entries), formatProblems(report), formatForm(entries), formatEntries(entries, options)].join('')
    return `${formatHead()}<body>${formatHeader(report, summary, options)}<main>${main}${formatFooter(report)}</main><script>${script}</script></body></html>\n`
  },
}

/** The policy of the page: only its own script and styles, and no connection to anywhere. */
function formatHead(): string {
  const hash = createHash('sha256').update(script).digest('base64')
  const security = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${attribute(security)}">`
    + `<meta name="viewport" content="width=device-width, initial-scale=1"><title>presync report</title><style>${style}</style></head>\n`
}

function formatHeader(report: Report, summary: Summary, { gate: { mode } }: FormatOptions): string {
  const blocked = decide(report, mode) === 'block'
  const title = blocked ? `<span class="block">Blocked:</span> ${count(summary.blocking, 'result')} would refuse this sync` : '<span class="pass">Allowed:</span> nothing here would refuse this sync'
  const scope = `${count(summary.resources, 'resource')} from ${count(summary.sources, 'source')}, ${count(summary.policies, 'policy', 'policies')}, mode ${mode}`
  const failing = summary.fail + summary.error - summary.blocking
  const parts: readonly (readonly [string, number, string])[] = [
    ['block', summary.blocking, 'blocking'], ['fail', failing, 'only reported'], ['warn', summary.warn, 'warn'], ['skip', summary.skip, 'skip'], ['pass', summary.pass, 'pass'],
  ]
  const total = Math.max(1, parts.reduce((sum, [, number]) => sum + number, 0))
  const bar = parts.filter(([, number]) => number > 0).map(([level, number]) => `<i class="${level}" style="width:${(100 * number / total).toFixed(3)}%"></i>`).join('')
  const legend = parts.map(([level, number, label]) => `<li><span class="${level}" aria-hidden="true">■</span> <b>${number.toLocaleString('en-US')}</b> ${label}</li>`).join('')
  const notices = report.notices.map((notice) => `<p class="dim">${text(printable(notice))}</p>`).join('')
  return `<header><h1>${title}</h1><p class="dim">${scope}</p><div class="bar" role="img" aria-label="Share of results">${bar}</div><ul class="legend">${legend}</ul>${notices}</header>`
}

function formatCharts(entries: readonly Entry[]): string {
  if (entries.length === 0) return ''
  return `<div class="grid">${(Object.keys(facets) as Facet[]).map((facet) => formatChart(entries, facet)).join('')}</div>`
}

const shownBars = 12

function formatChart(entries: readonly Entry[], facet: Facet): string {
  const groups = [...countBy(entries, facet)].toSorted(([, a], [, b]) => b.blocking - a.blocking || b.all - a.all)
  const most = Math.max(...groups.map(([, { all }]) => all))
  const rows = groups.slice(0, shownBars).map(([name, { all, blocking }]) => {
    const label = name === '' ? `<span class="dim">(none)</span>` : `<button type="button" data-facet="${facet}" data-value="${attribute(name)}">${text(name)}</button>`
    const meter = `<div class="meter" aria-hidden="true"><i class="block" style="width:${(100 * blocking / most).toFixed(1)}%"></i><i class="other" style="width:${(100 * (all - blocking) / most).toFixed(1)}%"></i></div>`
    return `<tr><th scope="row">${label}</th><td>${meter}</td><td class="n">${blocking > 0 ? `<span class="block">${blocking}</span>/` : ''}${all}</td></tr>`
  })
  const rest = groups.length > shownBars ? `<p class="dim">and ${groups.length - shownBars} more: see the filter</p>` : ''
  return `<section class="card"><h2>By ${facets[facet].toLowerCase()}</h2><table class="chart">${rows.join('')}</table>${rest}</section>`
}

function countBy(entries: readonly Entry[], facet: Facet): ReadonlyMap<string, { readonly all: number; readonly blocking: number }> {
  const groups = new Map<string, { all: number; blocking: number }>()
  for (const entry of entries) {
    const group = groups.get(entry[facet]) ?? { all: 0, blocking: 0 }
    group.all += 1
    if (entry.level === 'block') group.blocking += 1
    groups.set(entry[facet], group)
  }
  return groups
}

function formatProblems({ problems }: Report): string {
  if (problems.length === 0) return ''
  const items = problems.map(({ severity, code, message, location }) =>
    `<li><span class="badge ${severity === 'error' ? 'block' : 'warn'}">${severity}</span> ${text(printable(message))} <span class="dim">${location === undefined ? '' : `${text(formatLocation(location))}, `}${text(code)}</span></li>`)
  return `<section class="card problems" style="margin-bottom:18px"><h2>Problems with the inputs</h2><ul>${items.join('')}</ul></section>`
}

function formatForm(entries: readonly Entry[]): string {
  const levels = ['block', 'fail', 'warn', 'error', 'skip'].filter((level) => entries.some((entry) => entry.level === level))
  const selects = [
    formatSelect('level', 'Every level', levels),
    ...(Object.keys(facets) as Facet[]).map((facet) => formatSelect(facet, `Every ${facets[facet].toLowerCase()}`, [...new Set(entries.map((entry) => entry[facet]))].filter((name) => name !== '').toSorted())),
  ]
  return `<form hidden role="search"><input type="search" name="search" placeholder="Search ( / )" aria-label="Search">${selects.join('')}<button type="reset">Clear</button><span id="count" aria-live="polite"></span></form>`
}

function formatSelect(name: string, all: string, values: readonly string[]): string {
  return `<select name="${name}" aria-label="${all}"><option value="">${all}</option>${values.map((value) => `<option value="${attribute(value)}">${text(value)}</option>`).join('')}</select>`
}

function formatEntries(entries: readonly Entry[], { gate: { mode }, sourceText }: FormatOptions): string {
  if (entries.length === 0) return '<p>Every rule that applied passed.</p>'
  const lines = linesOf(sourceText)
  return `${entries.map((entry) => formatEntry(entry, lines, mode)).join('')}<p id="empty" hidden>Nothing fits these filters.</p>`
}

function formatFooter({ policies }: Report): string {
  return `<footer>presync ${text(version)}. ${count(policies.length, 'policy', 'policies')} evaluated. Keys: <code>/</code> search, <code>j</code> <code>k</code> move, <code>Enter</code> open, <code>Esc</code> clear.</footer>`
}
