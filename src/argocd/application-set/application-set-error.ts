import { KnownError } from '../../model/errors.ts'
import type { FieldPath } from '../../model/source.ts'

/** Why an ApplicationSet makes no Applications: something in it is wrong. */
export class ApplicationSetError extends KnownError<'INVALID_APPLICATION_SET'> {
  /** Where, below what was being read. */
  readonly path: FieldPath

  constructor(code: 'INVALID_APPLICATION_SET', message: string, path: FieldPath = []) {
    super(code, message)
    this.path = path
  }
}

/** Why a generator has no parameters here: it asks what no file of the repository answers. */
export class NotExpandable extends KnownError<'NOT_EXPANDABLE'> {}
