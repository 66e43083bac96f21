import { KnownError } from '../../model/errors.ts'

/** Bytes or text that are no certificate or certificate request. */
export class CertificateError extends KnownError<'INVALID_CERTIFICATE'> {
  constructor(message: string) {
    super('INVALID_CERTIFICATE', message)
  }
}
