import { KnownError } from '../model/errors.ts'

/** What was typed cannot be carried out: exit 2, with the message alone. */
export class UsageError extends KnownError<'USAGE'> {
  constructor(message: string) {
    super('USAGE', message)
  }
}
