import type { Gate, Report } from '../model/report.ts'
import { reportFormats, type ReportFormatName } from '../report/index.ts'
import { check as runCheck, type CheckOptions } from './check.ts'
import { ignoreDifferences, latestArgoCd, type IgnoreDifferencesOptions, type IgnoreDifferencesReport } from './ignore-differences.ts'
import { latestKyverno } from './kyverno-objects.ts'
import { SourceTexts } from './source-texts.ts'

/** What `check` can be told; everything has the default of the command line. */
export type LibraryCheckOptions = Partial<Omit<CheckOptions, 'texts'>>

/** A report and the texts that its places point into. */
export interface CheckedReport {
  readonly report: Report
  readonly texts: SourceTexts
}

/** Renders what Argo CD would apply from the given paths and evaluates policies on it: `presync check` as a function. */
export async function check(options: LibraryCheckOptions = {}): Promise<CheckedReport> {
  const texts = new SourceTexts()
  const report = await runCheck({ ...checkDefaults(), ...options, texts })
  return { report, texts }
}

function checkDefaults(): Omit<CheckOptions, 'texts'> {
  return {
    cwd: process.cwd(), paths: ['.'], namespace: 'default', policies: [], exceptions: [], valuesFiles: [], settings: [],
    network: false, tools: {},
    allowEmpty: false, offline: false, now: Date.now(),
  }
}

/** What `computeIgnoreDifferences` can be told; everything has the default of the command line. */
export type LibraryIgnoreDifferencesOptions = Partial<Omit<IgnoreDifferencesOptions, 'texts'>>

/** Predicts what Kyverno changes in the cluster and computes the entries that end it: `presync ignore-differences` as a function. */
export function computeIgnoreDifferences(options: LibraryIgnoreDifferencesOptions = {}): Promise<IgnoreDifferencesReport> {
  return ignoreDifferences({
    ...checkDefaults(), kyvernoVersion: latestKyverno, argocdVersion: latestArgoCd, byName: false, verify: true, applicationOptions: [], live: [], ...options, texts: new SourceTexts(),
  })
}

/** How `formatReport` prints. */
export interface FormatReportOptions extends Partial<Gate> {
  /** For excerpts of the offending lines. */
  readonly texts?: SourceTexts
  readonly color?: boolean
  readonly all?: boolean
}

/** Prints a report in one of the formats of the command line. */
export function formatReport(report: Report, format: ReportFormatName = 'text', options: FormatReportOptions = {}): string {
  const { mode = 'policy', failOn = 'block', strict = false, texts, color = false, all = false } = options
  return reportFormats[format].format(report, { gate: { mode, failOn, strict }, color, all, sourceText: (file) => texts?.get(file) })
}
