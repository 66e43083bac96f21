import { printableJson } from '../../values/printable.ts'
import type { ReportFormat } from '../report-format.ts'
import { toReportDocument } from '../report-document.ts'

/** For programs: schemas/report.schema.json says what is in it. */
export const json: ReportFormat = {
  summary: 'for programs; described by schemas/report.schema.json',
  format: (report, { gate }) => `${printableJson(toReportDocument(report, gate), 2)}\n`,
}
