import type { Gate, Report } from '../model/report.ts'
import type { SourceText } from './excerpt.ts'

/** What a format may take into account besides the report. */
export interface FormatOptions {
  readonly gate: Gate
  /** Escape sequences for colours: only for a terminal. */
  readonly color: boolean
  /** Print everything where a format for people would cut. */
  readonly all: boolean
  readonly sourceText: SourceText
}

/** A way to print a report. */
export interface ReportFormat {
  /** One line for the list of formats. */
  readonly summary: string
  format(report: Report, options: FormatOptions): string
}
