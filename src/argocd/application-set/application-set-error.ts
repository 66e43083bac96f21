import { KnownError } from '../../model/errors.ts'

/** Why an ApplicationSet makes no Applications: something in it is wrong. */
export class ApplicationSetError extends KnownError<'INVALID_APPLICATION_SET'> {}

/** Why a generator has no parameters here: it asks what no file of the repository answers. */
export class NotExpandable extends KnownError<'NOT_EXPANDABLE'> {}
