/** Where a value lies inside a document: map keys and list indexes from the root. Formatted as a pointer or query only at the rim. */
export type FieldPath = readonly (string | number)[]

/** A place in a file that a person can open. Lines and columns count from 1. */
export interface SourceLocation {
  /** As the user named it, or relative to the checked tree; never a temporary path. */
  readonly file: string
  readonly line: number
  readonly column: number
}
