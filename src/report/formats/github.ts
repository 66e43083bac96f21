// Workflow commands of GitHub Actions: annotations beside the lines of a pull request.
import { toAnnotations, type Annotation } from '../annotation.ts'
import { printable } from '../../values/printable.ts'
import type { ReportFormat } from '../report-format.ts'

/** GitHub shows ten annotations of each level a step, so the worst come first. */
export const github: ReportFormat = {
  summary: 'annotations of GitHub Actions',
  format: (report, { gate }) => toAnnotations(report, gate.mode).map(toCommand).join(''),
}

function toCommand({ level, title, message, location }: Annotation): string {
  const properties = [
    ...(location === undefined ? [] : [`file=${escapeProperty(printable(location.file))}`, `line=${location.line}`, `col=${location.column}`]),
    `title=${escapeProperty(title)}`,
  ]
  return `::${level} ${properties.join(',')}::${escapeData(message)}\n`
}

/** A message that could end its line could start a command of its own (an attacker's manifest might hold `::add-mask::`). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
