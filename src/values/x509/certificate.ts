// Go: crypto/x509's Certificate, marshalled as JSON and read again

import type { Buffer } from 'node:buffer'
import type { JsonObject } from '../../model/json.ts'
import { rsaPublicKey, signatureAlgorithm } from './algorithms.ts'
import { CertificateError } from './certificate-error.ts'
import { constructed, context, DerReader, malformed, tag } from './der.ts'
import { parseDistinguishedName } from './distinguished-name.ts'
import { extensionFields, extensionJson, parseExtensions, type Extension } from './extensions.ts'

const absent: JsonObject = {
  KeyUsage: 0, ExtKeyUsage: null, UnknownExtKeyUsage: null, Extensions: null, ExtraExtensions: null, UnhandledCriticalExtensions: null, BasicConstraintsValid: false, IsCA: false,
  MaxPathLen: 0, MaxPathLenZero: false, SubjectKeyId: null, AuthorityKeyId: null, OCSPServer: null, IssuingCertificateURL: null, DNSNames: null, EmailAddresses: null, IPAddresses: null,
  URIs: null, PermittedDNSDomainsCritical: false, PermittedDNSDomains: null, ExcludedDNSDomains: null, PermittedIPRanges: null, ExcludedIPRanges: null, PermittedEmailAddresses: null,
  ExcludedEmailAddresses: null, PermittedURIDomains: null, ExcludedURIDomains: null, CRLDistributionPoints: null, PolicyIdentifiers: null, Policies: null, InhibitAnyPolicy: 0,
  InhibitAnyPolicyZero: false, InhibitPolicyMapping: 0, InhibitPolicyMappingZero: false, RequireExplicitPolicy: 0, RequireExplicitPolicyZero: false, PolicyMappings: null,
}

/** A certificate with an RSA key as Kyverno's x509_decode shows it; throws CertificateError. */
export function parseCertificate(der: Buffer): JsonObject {
  const file = new DerReader(der)
  const whole = file.element(tag.sequence)
  if (!file.atEnd) throw new CertificateError('data follows the certificate')
  const outer = new DerReader(whole.content)
  const signed = outer.element(tag.sequence)
  const outerAlgorithm = outer.content(tag.sequence)
  const body = new DerReader(signed.content)
  const explicitVersion = body.optional(constructed(0))
  const version = (explicitVersion === undefined ? 0n : new DerReader(explicitVersion).integer()) + 1n
  if (version < 1n || version > 3n) throw malformed()
  const serial = body.integer()
  if (serial < 0n) throw new CertificateError('the serial number is negative')
  const algorithm = body.content(tag.sequence)
  if (!algorithm.equals(outerAlgorithm)) throw new CertificateError('the certificate names two signature algorithms')
  const fields = subjectFields(body)
  const extensions = version === 3n ? readExtensions(body) : []
  return {
    ...absent, ...fields, ...Object.assign({}, ...extensions.map(extensionFields)), ...extensionLists(extensions),
    Raw: whole.whole.toString('base64'), RawTBSCertificate: signed.whole.toString('base64'), Version: Number(version), SerialNumber: Number(serial),
    SignatureAlgorithm: signatureAlgorithm(new DerReader(algorithm)), Signature: outer.bitString().bytes.toString('base64'),
  }
}

/** The serial number of a certificate that was parsed before, without loss of digits. */
export function readSerialNumber(der: Buffer): bigint {
  const body = new DerReader(new DerReader(new DerReader(der).content(tag.sequence)).content(tag.sequence))
  body.optional(constructed(0))
  return body.integer()
}

function subjectFields(body: DerReader): JsonObject {
  const issuer = body.element(tag.sequence).whole
  const validity = body.inner(tag.sequence)
  const [notBefore, notAfter] = [validity.time(), validity.time()]
  const [subject, key] = [body.element(tag.sequence).whole, body.element(tag.sequence).whole]
  return {
    RawIssuer: issuer.toString('base64'), Issuer: parseDistinguishedName(issuer), NotBefore: notBefore, NotAfter: notAfter,
    RawSubject: subject.toString('base64'), Subject: parseDistinguishedName(subject), RawSubjectPublicKeyInfo: key.toString('base64'),
    PublicKeyAlgorithm: 1, PublicKey: rsaPublicKey(key),
  }
}

function readExtensions(body: DerReader): Extension[] {
  body.optional(context(1))
  body.optional(context(2))
  const encoded = body.optional(constructed(3))
  return encoded === undefined ? [] : parseExtensions(new DerReader(encoded).inner(tag.sequence))
}

function extensionLists(extensions: readonly Extension[]): JsonObject {
  const unhandled = extensions.filter((extension) => extension.critical && extensionFields(extension) === undefined).map(({ id }) => id)
  return {
    Extensions: extensions.length === 0 ? null : extensions.map(extensionJson),
    UnhandledCriticalExtensions: unhandled.length === 0 ? null : unhandled,
  }
}
