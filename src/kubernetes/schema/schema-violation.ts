import type { FieldPath } from '../../model/source.ts'

export type SchemaViolationCode = 'UNKNOWN_FIELD' | 'WRONG_TYPE' | 'MISSING_FIELD' | 'UNSUPPORTED_VALUE' | 'INVALID_FORMAT' | 'DUPLICATE_ITEM' | 'INVALID_VALUE'

/** One reason why the API server, or a strict client, refuses an object. */
export interface SchemaViolation {
  readonly code: SchemaViolationCode
  /** Of a missing field: where it should be. */
  readonly path: FieldPath
  readonly message: string
  /** The declared name that an unknown field probably means. */
  readonly suggestion?: string
}
