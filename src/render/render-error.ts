import { KnownError } from '../model/errors.ts'
import type { SourceLocation } from '../model/source.ts'

/** Why a source could not be rendered. Each code is described in docs/errors.md. */
export type RenderErrorCode =
  | 'SOURCE_NOT_FOUND' | 'OUTSIDE_REPOSITORY' | 'REMOTE_SOURCE' | 'MISSING_FILE' | 'MISSING_DEPENDENCY' | 'INVALID_SOURCE' | 'UNSUPPORTED_SOURCE'
  | 'PROGRAM_MISSING' | 'RENDER_FAILED' | 'NO_RESOURCES' | 'LIMIT_EXCEEDED'

/** Thrown inside renderers; `renderSource` makes a problem of it. */
export class RenderError extends KnownError<RenderErrorCode> {
  readonly location: SourceLocation | undefined

  constructor(code: RenderErrorCode, message: string, location?: SourceLocation, cause?: unknown) {
    super(code, message, { cause })
    this.location = location
  }
}
