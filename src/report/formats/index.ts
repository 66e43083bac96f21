import type { ReportFormat } from '../report-format.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { openreports, policyreport } from './policy-reports.ts'
import { sarif } from './sarif.ts'
import { table } from './table.ts'
import { text } from './text.ts'
import { yaml } from './yaml.ts'

/** What `-o` offers. */
export const reportFormats = {
  text, table, json, yaml, sarif, junit, github, gitlab, markdown, html, policyreport, openreports,
} as const satisfies Record<string, ReportFormat>

export type ReportFormatName = keyof typeof reportFormats
