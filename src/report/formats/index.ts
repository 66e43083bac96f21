import type { ReportFormat } from '../report-format.ts'
import { json } from './json.ts'
import { table } from './table.ts'
import { text } from './text.ts'
import { yaml } from './yaml.ts'

/** What `-o` offers. */
export const reportFormats = { text, table, json, yaml } as const satisfies Record<string, ReportFormat>

export type ReportFormatName = keyof typeof reportFormats
