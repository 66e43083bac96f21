// kyverno/sdk: cel/libs/x509
import type { Buffer } from 'node:buffer'
import { toFloat64 } from '../../../../values/numbers.ts'
import { CertificateError } from '../../../../values/x509/certificate-error.ts'
import { parseCertificateRequest } from '../../../../values/x509/certificate-request.ts'
import { parseCertificate, readSerialNumber } from '../../../../values/x509/certificate.ts'
import { decodePem } from '../../../../values/x509/pem.ts'
import { fn, type CelLibrary } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import { failure, type CelValue } from '../../values/value.ts'

const { dyn, string } = celType

/** Of Go's x509.Certificate the library leaves these out (impl.go, CertificateOutput). */
const hidden = new Set([
  'Subject', 'Version', 'SignatureAlgorithm', 'UnhandledCriticalExtensions', 'UnknownExtKeyUsage', 'SubjectKeyId', 'URIs', 'Policies', 'InhibitAnyPolicy',
  'InhibitAnyPolicyZero', 'InhibitPolicyMapping', 'InhibitPolicyMappingZero', 'RequireExplicitPolicy', 'RequireExplicitPolicyZero', 'PolicyMappings',
])

function decode(text: string): CelValue {
  const block = decodePem(text)
  if (block === undefined) throw failure('failed to decode PEM block')
  try {
    if (block.type === 'CERTIFICATE') return decodeCertificate(block.bytes)
    if (block.type === 'CERTIFICATE REQUEST') return toFloat64(parseCertificateRequest(block.bytes))
  } catch (error) {
    if (error instanceof CertificateError) throw failure(error.message)
    throw error
  }
  throw failure('PEM block neither contains a CERTIFICATE nor a CERTIFICATE REQUEST')
}

function decodeCertificate(der: Buffer): CelValue {
  const fields = Object.entries(parseCertificate(der)).filter(([name]) => !hidden.has(name))
  return toFloat64({ ...Object.fromEntries(fields), SerialNumber: BigInt.asIntN(64, readSerialNumber(der)) })
}

export const x509: CelLibrary = {
  name: 'x509',
  summary: 'Certificates and certificate requests taken apart',
  functions: [fn('x509.decode', [string], dyn, decode)],
}
