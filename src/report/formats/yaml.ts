import type { ReportFormat } from '../report-format.ts'
import { toReportDocument } from '../report-document.ts'
import { formatYaml } from '../yaml-text.ts'

/** The JSON document as YAML. */
export const yaml: ReportFormat = {
  summary: 'the same document as json',
  format: (report, { gate }) => formatYaml(toReportDocument(report, gate)),
}
