import { KnownError } from '../model/errors.ts'

/** What can go wrong with files, programs and repositories. */
export type IoErrorCode =
  | 'FILE_NOT_FOUND' | 'FILE_UNREADABLE' | 'FILE_UNWRITABLE' | 'FILE_TOO_LARGE' | 'FILE_NOT_TEXT' | 'OUTSIDE_REPOSITORY'
  | 'PROGRAM_MISSING' | 'PROGRAM_FAILED' | 'PROGRAM_TIMEOUT' | 'OUTPUT_TOO_LARGE' | 'GIT_FAILED' | 'INVALID_URL'
  | 'CLUSTER_UNREACHABLE' | 'CLUSTER_REFUSED' | 'REQUEST_FAILED' | 'NOT_A_REPOSITORY' | 'UNKNOWN_REF' | 'NO_MERGE_BASE'

/** The outside world did not deliver. */
export class IoError extends KnownError<IoErrorCode> {}

/** A program ended with an error. */
export class ProgramError extends IoError {
  readonly exitCode: number | undefined
  /** What it wrote to stderr, shortened, without secrets. */
  readonly stderr: string

  constructor(code: IoErrorCode, message: string, details: { readonly exitCode?: number | undefined; readonly stderr?: string; readonly cause?: unknown } = {}) {
    super(code, message, { cause: details.cause })
    this.exitCode = details.exitCode
    this.stderr = details.stderr ?? ''
  }
}
