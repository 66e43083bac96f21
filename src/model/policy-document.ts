import type { JsonObject } from './json.ts'
import type { Labels } from './resource.ts'
import type { FieldPath, SourceLocation } from './source.ts'

/** What every kind of policy document has. */
export interface PolicyDocument {
  readonly apiVersion: string
  readonly name: string
  readonly namespace?: string
  readonly labels: Labels
  readonly annotations: Readonly<Record<string, string>>
  /** The document as read, defaults not filled in. */
  readonly document: JsonObject
  readonly source?: SourceLocation
  locate(path: FieldPath): SourceLocation | undefined
}
