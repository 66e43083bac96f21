// A comment for a pull or merge request (GitHub-flavoured Markdown; both forges show HTML's details).
import type { Gate, Report } from '../../model/report.ts'
import { toAnnotations, type Annotation, type AnnotationLevel } from '../annotation.ts'
import { comparisonLine } from '../comparison-text.ts'
import { decide } from '../decision.ts'
import { count, formatLocation, formatResourceId } from '../names.ts'
import { printable } from '../../values/printable.ts'
import type { ReportFormat } from '../report-format.ts'
import { findSource } from '../source-of.ts'
import { summarize } from '../summary.ts'

/** GitHub refuses a comment of more than 65,536 characters; room is left for what a workflow puts around it. */
const limit = 60_000

const marks = { error: '🚫', warning: '⚠️', notice: 'ℹ️' } as const satisfies Record<AnnotationLevel, string>

/** The summary comes first; details fold, one fold a source; what does not fit is counted, never dropped in silence. */
export const markdown: ReportFormat = {
  summary: 'a comment for a pull request',
  format(report, { gate }) {
    const head = formatHead(report, gate)
    const tail = report.notices.map((notice) => `> ${escapeText(notice)}\n`).join('\n')
    return fit(head, groupBySource(report, toAnnotations(report, gate.mode)), tail)
  },
}

function formatHead(report: Report, { mode }: Gate): string {
  const summary = summarize(report, mode)
  const blocked = decide(report, mode) === 'block'
  const title = blocked ? `🚫 presync: ${count(summary.blocking, 'result')} would refuse this sync` : '✅ presync: nothing here would refuse this sync'
  const row = `| ${summary.pass} | ${summary.fail} | ${summary.warn} | ${summary.error} | ${summary.skip}${summary.suppressed === 0 ? '' : ` (${summary.suppressed} suppressed)`} | ${summary.problems} |`
  const scope = `${count(summary.resources, 'resource')} from ${count(summary.sources, 'source')}, ${count(summary.policies, 'policy', 'policies')}`
  const compared = report.comparison === undefined ? '' : `${escapeText(comparisonLine(report, report.comparison))}\n\n`
  return `### ${title}\n\n${compared}${scope}\n\n| pass | fail | warn | error | skip | problems with inputs |\n| ---: | ---: | ---: | ---: | ---: | ---: |\n${row}\n`
}

interface Group { readonly name: string; readonly annotations: readonly Annotation[] }

function groupBySource(report: Report, annotations: readonly Annotation[]): readonly Group[] {
  const groups = new Map<string, Annotation[]>()
  for (const annotation of annotations) {
    const name = sourceOf(report, annotation)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [annotation])
    else group.push(annotation)
  }
  return [...groups].map(([name, members]) => ({ name, annotations: members }))
}

/** The Application or folder that the place lies in: the longest source path that contains it. */
function sourceOf({ sources }: Report, { location, result }: Annotation): string {
  const file = location?.file ?? result?.resource.origin
  if (file === undefined) return 'inputs'
  const nearest = findSource(sources, file)
  return nearest === undefined ? file : nearest.application ?? nearest.path
}

/** Adds fold after fold while there is room, and says how much is missing. */
function fit(head: string, groups: readonly Group[], tail: string): string {
  const total = groups.reduce((sum, { annotations }) => sum + annotations.length, 0)
  const room = limit - head.length - tail.length - 300
  let body = ''
  let shown = 0
  for (const group of groups) {
    const lines: string[] = []
    let size = body.length + group.name.length + 200
    for (const annotation of group.annotations) {
      const line = formatAnnotation(annotation)
      if (size + line.length > room) break
      size += line.length
      lines.push(line)
    }
    if (lines.length === 0) break
    shown += lines.length
    body += formatFold(group, lines, body === '')
    if (lines.length < group.annotations.length) break
  }
  const rest = shown < total ? `\n**${count(total - shown, 'more entry', 'more entries')} did not fit into this comment;** the full report of the run has them all.\n` : ''
  return [head, body, rest, tail].filter((part) => part !== '').join('\n')
}

function formatFold({ name, annotations }: Group, lines: readonly string[], open: boolean): string {
  const blocking = annotations.filter(({ level }) => level === 'error').length
  const summary = `<b>${escapeHtml(printable(name))}</b>: ${count(annotations.length, 'entry', 'entries')}${blocking > 0 ? `, ${blocking} blocking` : ''}`
  return `<details${open ? ' open' : ''}><summary>${summary}</summary>\n\n${lines.join('')}\n</details>\n`
}

function formatAnnotation({ level, rule, message, location, result }: Annotation): string {
  const place = location === undefined ? '' : `, ${code(formatLocation(location))}`
  const subject = result === undefined ? '' : ` on ${code(formatResourceId(result.resource.id))}`
  return `- ${marks[level]} ${code(rule)}${subject}${place}: ${escapeText(message.length > 1000 ? `${message.slice(0, 999)}…` : message)}\n`
}

/** A code span with a fence longer than any run of back-ticks in it. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`
}

/** Manifests are strangers' text: no markup, links, mentions or images of theirs may come alive. */
function escapeText(text: string): string {
  return escapeHtml(printable(text)).replace(/[\\`*_{}[\]()#+!|~:]/g, (character) => `\\${character}`).replaceAll('@', '@<!-- -->')
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
