// Go: crypto/x509's signatureAlgorithmDetails, parsePublicKey

import type { Buffer } from 'node:buffer'
import type { JsonObject } from '../../model/json.ts'
import { CertificateError } from './certificate-error.ts'
import { constructed, DerReader, tag } from './der.ts'

/** Go's SignatureAlgorithm by identifier. */
const signatures: ReadonlyMap<string, number> = new Map([
  ['1.2.840.113549.1.1.4', 2], ['1.2.840.113549.1.1.5', 3], ['1.3.14.3.2.29', 3], ['1.2.840.113549.1.1.11', 4], ['1.2.840.113549.1.1.12', 5], ['1.2.840.113549.1.1.13', 6],
  ['1.2.840.10040.4.3', 7], ['2.16.840.1.101.3.4.3.2', 8], ['1.2.840.10045.4.1', 9], ['1.2.840.10045.4.3.2', 10], ['1.2.840.10045.4.3.3', 11], ['1.2.840.10045.4.3.4', 12], ['1.3.101.112', 16],
])
const rsa = '1.2.840.113549.1.1.1'
const rsaPss = '1.2.840.113549.1.1.10'
/** The hashes of RSA-PSS with the length of salt that belongs to them. */
const pssHashes: ReadonlyMap<string, { algorithm: number; salt: bigint }> = new Map([
  ['2.16.840.1.101.3.4.2.1', { algorithm: 13, salt: 32n }], ['2.16.840.1.101.3.4.2.2', { algorithm: 14, salt: 48n }], ['2.16.840.1.101.3.4.2.3', { algorithm: 15, salt: 64n }],
])

/** Go's number of the signature algorithm; 0 if it knows none. */
export function signatureAlgorithm(identifier: DerReader): number {
  const id = identifier.objectIdentifier().join('.')
  return id === rsaPss ? pssAlgorithm(identifier) : signatures.get(id) ?? 0
}

function pssAlgorithm(identifier: DerReader): number {
  if (identifier.tag !== tag.sequence) return 0
  const parameters = identifier.inner(tag.sequence)
  const [hash, mask, salt] = [parameters.optional(constructed(0)), parameters.optional(constructed(1)), parameters.optional(constructed(2))]
  if (hash === undefined || mask === undefined || salt === undefined) return 0
  const hashId = new DerReader(hash).inner(tag.sequence).objectIdentifier().join('.')
  const generator = new DerReader(mask).inner(tag.sequence)
  const isMgf1 = generator.objectIdentifier().join('.') === '1.2.840.113549.1.1.8'
  const sameHash = isMgf1 && generator.inner(tag.sequence).objectIdentifier().join('.') === hashId
  const known = pssHashes.get(hashId)
  return known !== undefined && sameHash && new DerReader(salt).integer() === known.salt ? known.algorithm : 0
}

/** The RSA key of a SubjectPublicKeyInfo, as Kyverno shows it; another kind of key is an error. */
export function rsaPublicKey(encoded: Buffer): JsonObject {
  const info = new DerReader(encoded).inner(tag.sequence)
  if (info.inner(tag.sequence).objectIdentifier().join('.') !== rsa) throw new CertificateError('the certificate must have an RSA key')
  const key = new DerReader(info.bitString().bytes).inner(tag.sequence)
  const [modulus, exponent] = [key.integer(), key.integer()]
  if (modulus <= 0n || exponent <= 0n || exponent > 0x7fffffffn) throw new CertificateError('the RSA key is invalid')
  return { N: modulus.toString(), E: Number(exponent) }
}
