import { KnownError } from '../../model/errors.ts'

/** Text that is not YAML as Kubernetes reads it, or more of it than presync is willing to expand. Lines and columns count from 1. */
export class YamlError extends KnownError<'INVALID_YAML' | 'LIMIT_EXCEEDED'> {
  readonly line: number
  readonly column: number

  constructor(code: 'INVALID_YAML' | 'LIMIT_EXCEEDED', message: string, place: { readonly line: number; readonly column: number }) {
    super(code, message)
    this.line = place.line
    this.column = place.column
  }
}
