// SARIF 2.1.0, as code scanning of the forges reads it (OASIS sarif-v2.1.0).
import { createHash } from 'node:crypto'
import type { Suppression } from '../../model/result.ts'
import type { SourceLocation } from '../../model/source.ts'
import { version } from '../../model/version.ts'
import { toAnnotations, toSuppressedAnnotations, type Annotation, type AnnotationLevel } from '../annotation.ts'
import { printable, printableJson } from '../../values/printable.ts'
import type { ReportFormat } from '../report-format.ts'

const sarifLevels = { error: 'error', warning: 'warning', notice: 'note' } as const satisfies Record<AnnotationLevel, string>
/** What code scanning shows and sorts by: critical is above 9, high above 7, medium above 4. */
const securitySeverity: Readonly<Record<string, string>> = { critical: '9.5', high: '8.0', medium: '5.5', low: '3.0' }

/** For code scanning: regions, rules with their help, fingerprints that survive moved lines. */
export const sarif: ReportFormat = {
  summary: 'SARIF 2.1.0, for code scanning',
  format(report, { gate }) {
    const annotations = [...toAnnotations(report, gate.mode), ...toSuppressedAnnotations(report, gate.mode)]
    const rules = collectRules(annotations)
    const indexes = new Map(rules.map(({ id }, index) => [id, index]))
    return `${printableJson({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0',
      runs: [{
        tool: { driver: { name: 'presync', semanticVersion: version, rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: !report.problems.some(({ severity }) => severity === 'error') }],
        results: annotations.map((annotation) => toSarifResult(annotation, indexes.get(annotation.rule) ?? 0)),
      }],
    }, 2)}\n`
  },
}

function collectRules(annotations: readonly Annotation[]): readonly { readonly id: string }[] {
  const rules = new Map<string, { readonly id: string }>()
  for (const annotation of annotations) if (!rules.has(annotation.rule)) rules.set(annotation.rule, toSarifRule(annotation))
  return [...rules.values()]
}

function toSarifRule({ rule, result, level }: Annotation): { readonly id: string } {
  const notes = result?.policy.annotations ?? {}
  const title = notes['policies.kyverno.io/title']
  const description = notes['policies.kyverno.io/description']
  const severity = notes['policies.kyverno.io/severity']
  return {
    id: rule,
    shortDescription: { text: printable(title ?? rule) },
    ...(description === undefined ? {} : { fullDescription: { text: printable(description) }, help: { text: printable(description) } }),
    defaultConfiguration: { level: sarifLevels[level] },
    properties: {
      tags: ['kubernetes', 'policy', ...(notes['policies.kyverno.io/category'] === undefined ? [] : [printable(notes['policies.kyverno.io/category'])])],
      ...(severity !== undefined && Object.hasOwn(securitySeverity, severity) ? { 'security-severity': securitySeverity[severity] } : {}),
    },
  } as { readonly id: string }
}

function toSarifResult({ rule, level, message, location, fingerprint, result }: Annotation, ruleIndex: number): object {
  return {
    ruleId: rule, ruleIndex, level: sarifLevels[level], message: { text: message },
    locations: [toSarifLocation(location, result)],
    ...(result?.status === 'skip' && result.suppression !== undefined ? { suppressions: [toSarifSuppression(result.suppression)] } : {}),
    partialFingerprints: { 'presync/v1': result === undefined ? createHash('sha256').update(fingerprint).digest('hex').slice(0, 32) : fingerprint },
  }
}

function toSarifSuppression({ by, reason }: Suppression): object {
  return { kind: by === 'annotation' ? 'inSource' : 'external', justification: printable(reason) }
}

function toSarifLocation(location: SourceLocation | undefined, result: Annotation['result']): object {
  const logical = result === undefined ? {} : {
    logicalLocations: [{
      kind: 'resource', name: result.resource.id.name,
      fullyQualifiedName: printable([result.resource.id.kind, result.resource.id.namespace ?? '', result.resource.id.name].filter((part) => part !== '').join('/')),
    }],
  }
  if (location === undefined) return logical
  return {
    physicalLocation: {
      artifactLocation: { uri: toUri(location.file) },
      region: { startLine: location.line, startColumn: location.column },
    },
    ...logical,
  }
}

/** A relative reference: each segment escaped, so that no file name turns into a scheme or a query. */
function toUri(file: string): string {
  return file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/')
}
