// Kyverno: pkg/engine/jmespath/functions.go (jpX509Decode)

import type { JsonObject } from '../../../model/json.ts'
import { CertificateError } from '../../../values/x509/certificate-error.ts'
import { parseCertificateRequest } from '../../../values/x509/certificate-request.ts'
import { parseCertificate } from '../../../values/x509/certificate.ts'
import { decodePem } from '../../../values/x509/pem.ts'
import { failure } from '../failure.ts'
import { define } from '../function-row.ts'

/** Certificates as objects. */
export const certificates = [
  define({
    name: 'x509_decode', parameters: ['string'], returns: 'object', summary: 'a certificate or certificate request (PEM, RSA key) as an object with the fields of Go\'s x509.Certificate',
    implementation: ([pem], run) => {
      run.spend(1000 + pem.length / 4)
      try {
        return decode(pem)
      } catch (error) {
        if (error instanceof CertificateError) throw failure('x509_decode', error.message)
        throw error
      }
    },
  }),
] as const

function decode(pem: string): JsonObject {
  const block = decodePem(pem)
  if (block === undefined) throw new CertificateError('the text holds no PEM block')
  if (block.type === 'CERTIFICATE') return parseCertificate(block.bytes)
  if (block.type === 'CERTIFICATE REQUEST') return parseCertificateRequest(block.bytes)
  throw new CertificateError('the PEM block is neither a CERTIFICATE nor a CERTIFICATE REQUEST')
}
