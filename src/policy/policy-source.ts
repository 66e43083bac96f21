import type { JsonObject } from '../model/json.ts'
import type { FieldPath, SourceLocation } from '../model/source.ts'

/** A document that may be a policy: any parsed resource or manifest document fits. */
export interface PolicySource {
  readonly object: JsonObject
  readonly source?: SourceLocation | undefined
  locate(path: FieldPath): SourceLocation | undefined
}
