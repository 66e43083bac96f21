import type { Problem } from '../../model/errors.ts'
import { isJsonObject } from '../../model/json.ts'
import type { Resource } from '../../model/resource.ts'
import type { RuleResult } from '../../model/result.ts'

/** The annotation of a resource that says which failures are known and why. */
export const ignoreAnnotation = 'presync.dev/ignore'

/** One line of the annotation: `POLICY[/RULE] [until YYYY-MM-DD]: REASON`. */
export interface IgnoreEntry {
  /** A policy, or one of its rules; with its namespace before it where it has one. */
  readonly name: string
  readonly until?: string
  readonly reason: string
}

/** What an annotation comes to; lines that say too little do not count, and are said. */
export interface IgnoreEntries {
  readonly entries: readonly IgnoreEntry[]
  readonly problems: readonly Problem[]
}

/** Reads the annotation of a resource. */
export function readIgnoreAnnotation(resource: Resource): IgnoreEntries {
  const text = ignoreTextOf(resource)
  if (text === undefined) return { entries: [], problems: [] }
  const entries: IgnoreEntry[] = []
  const problems: Problem[] = []
  for (const line of text.split('\n').map((part) => part.trim())) {
    if (line === '') continue
    const read = readLine(line)
    if (typeof read === 'string') problems.push(ignoreProblem(resource, 'INVALID_SUPPRESSION', `${ignoreAnnotation}: ${read}: ${line}`))
    else entries.push(read)
  }
  return { entries, problems }
}

/** A warning at the annotation. */
export function ignoreProblem(resource: Resource, code: string, message: string): Problem {
  const location = resource.locate(['metadata', 'annotations', ignoreAnnotation]) ?? resource.source
  return { code, severity: 'warning', message, ...(location === undefined ? {} : { location }) }
}

/** The text of the annotation; undefined where a resource has none. */
export function ignoreTextOf({ object }: Resource): string | undefined {
  const metadata = object['metadata']
  const annotations = isJsonObject(metadata) ? metadata['annotations'] : undefined
  if (!isJsonObject(annotations) || !Object.hasOwn(annotations, ignoreAnnotation)) return undefined
  const value = annotations[ignoreAnnotation]
  return typeof value === 'string' ? value : undefined
}

const linePattern = /^([^\s:]+)(?:\s+until\s+([^\s:]+))?\s*(?::(.*))?$/

/** An entry, or what is wrong with the line. */
function readLine(line: string): IgnoreEntry | string {
  const parts = linePattern.exec(line)
  if (parts === null) return 'a line is POLICY[/RULE] [until YYYY-MM-DD]: REASON'
  const [, name = '', until, text = ''] = parts
  const reason = text.trim()
  if (until !== undefined && !isDay(until)) return 'after until comes a day, YYYY-MM-DD'
  if (reason === '') return 'the reason is missing'
  return { name, reason, ...(until === undefined ? {} : { until }) }
}

/** Whether a text is a day of the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text)
}

/** Whether an entry means the result's rule. A rule that Kyverno derived for pod controllers is meant by the name of the one that was written. */
export function isMeant({ name }: IgnoreEntry, { policy, rule }: RuleResult): boolean {
  const written = rule.replace(/^autogen-(?:cronjob-)?/, '')
  const policies = policy.namespace === undefined || policy.namespace === '' ? [policy.name] : [policy.name, `${policy.namespace}/${policy.name}`]
  return policies.some((one) => name === one || (rule !== '' && (name === `${one}/${rule}` || name === `${one}/${written}`)))
}
