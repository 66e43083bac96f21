import { policyReportDialects, toPolicyReports } from '../policy-report.ts'
import type { ReportFormat } from '../report-format.ts'
import { formatYaml } from '../yaml-text.ts'

/** As Kyverno writes them in a cluster. */
export const policyreport: ReportFormat = {
  summary: "PolicyReports (wgpolicyk8s.io/v1alpha2), as YAML documents",
  format: (report, { gate }) => formatDocuments(toPolicyReports(report, gate.mode, policyReportDialects.policyreport)),
}

export const openreports: ReportFormat = {
  summary: 'OpenReports (openreports.io/v1alpha1), as YAML documents',
  format: (report, { gate }) => formatDocuments(toPolicyReports(report, gate.mode, policyReportDialects.openreports)),
}

function formatDocuments(documents: ReturnType<typeof toPolicyReports>): string {
  return documents.map((document) => `---\n${formatYaml(document)}`).join('')
}

