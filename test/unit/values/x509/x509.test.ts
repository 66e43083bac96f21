import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CertificateError } from '../../../../src/values/x509/certificate-error.ts'
import { parseCertificateRequest } from '../../../../src/values/x509/certificate-request.ts'
import { parseCertificate } from '../../../../src/values/x509/certificate.ts'
import { decodePem } from '../../../../src/values/x509/pem.ts'
import { authority, elliptic, plain, request } from './samples.ts'

const bytes = (pem: string): Buffer => decodePem(pem)?.bytes as Buffer

describe('certificates', () => {
  test('a full one, with the field names of Go', () => {
    expect(parseCertificate(bytes(authority))).toMatchObject({
      Version: 3, SignatureAlgorithm: 4, PublicKeyAlgorithm: 1, IsCA: true, MaxPathLen: 3, KeyUsage: 97, ExtKeyUsage: [1, 2], UnknownExtKeyUsage: [[1, 2, 3, 4, 5]],
      Subject: { CommonName: 'My CA', Country: ['DE'], Organization: ['Org', 'Org2'], SerialNumber: '77', ExtraNames: null },
      NotBefore: '2026-11-24T21:09:40Z', DNSNames: ['a.example', '*.b.example'], IPAddresses: ['10.0.0.1', 'fe80::1'], EmailAddresses: ['x@y.example'],
      URIs: [{ Scheme: 'https', Host: 'u.example', Path: '/p', RawQuery: 'q=1', User: null }], PermittedIPRanges: [{ IP: '10.0.0.0', Mask: '/wAAAA==' }],
      CRLDistributionPoints: ['http://crl.example/a.crl'], OCSPServer: ['http://ocsp.example'], Policies: ['1.2.3.4', '2.5.29.32.0'], InhibitPolicyMappingZero: true,
      UnhandledCriticalExtensions: [[1, 2, 3, 4, 5, 6]], PublicKey: { E: 65537, N: expect.stringMatching(/^\d{617}$/) }, SerialNumber: 6.194651443238721e39,
    })
  })

  test('a plain one: what it does not say is there and empty', () => {
    const certificate = parseCertificate(bytes(plain))
    expect(Object.keys(certificate)).toHaveLength(52)
    expect(certificate).toMatchObject({ Issuer: { CommonName: 'üñí', Country: null }, MaxPathLen: -1, IsCA: false, DNSNames: null, SignatureAlgorithm: 3 })
  })

  test('a request', () => {
    expect(parseCertificateRequest(bytes(request))).toMatchObject({ Version: 0, DNSNames: ['csr.example'], Subject: { CommonName: 'req' }, Attributes: [{ Type: [1, 2, 840, 113549, 1, 9, 14] }] })
  })

  test('only RSA keys', () => {
    expect(() => parseCertificate(bytes(elliptic))).toThrow(/RSA/)
  })

  test('damaged bytes end in an error or an answer, never otherwise', () => {
    const original = bytes(authority)
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat(original.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(original.length), (changes, end) => {
      const damaged = Buffer.from(original)
      for (const [index, value] of changes) damaged[index] = value
      for (const parse of [parseCertificate, parseCertificateRequest]) {
        try {
          parse(end % 3 === 0 ? damaged.subarray(0, end) : damaged)
        } catch (error) {
          if (!(error instanceof CertificateError)) throw error
        }
      }
      return true
    }), { numRuns: 3000 })
  })
})

test('PEM', () => {
  expect(decodePem('text\n-----BEGIN X Y-----\nKey: value\n\naGk=\n-----END X Y-----\nmore')).toEqual({ type: 'X Y', bytes: Buffer.from('hi') })
  expect(decodePem('-----BEGIN A-----\n!\n-----END A-----\n-----BEGIN B-----\r\naGk=\r\n-----END B-----')?.type).toBe('B')
  expect(decodePem('-----BEGIN A-----\naGk=')).toBeUndefined()
})
