// Go: crypto/x509's CertificateRequest, marshalled as JSON and read again

import type { Buffer } from 'node:buffer'
import type { JsonObject, JsonValue } from '../../model/json.ts'
import { rsaPublicKey, signatureAlgorithm } from './algorithms.ts'
import { CertificateError } from './certificate-error.ts'
import { constructed, DerReader, tag, type DerElement } from './der.ts'
import { parseDistinguishedName, parseText } from './distinguished-name.ts'
import { extensionJson, parseExtensions, subjectAlternativeNames, type Extension } from './extensions.ts'

const extensionRequest = '1.2.840.113549.1.9.14'
const textTags: ReadonlySet<number> = new Set([tag.utf8String, tag.printableString, tag.ia5String, tag.t61String, tag.numericString, tag.bmpString])

/** A certificate request with an RSA key as Kyverno's x509_decode shows it; throws CertificateError. */
export function parseCertificateRequest(der: Buffer): JsonObject {
  const file = new DerReader(der)
  const whole = file.element(tag.sequence)
  if (!file.atEnd) throw new CertificateError('data follows the certificate request')
  const outer = new DerReader(whole.content)
  const signed = outer.element(tag.sequence)
  const body = new DerReader(signed.content)
  const version = body.integer()
  const [subject, key] = [body.element(tag.sequence).whole, body.element(tag.sequence).whole]
  const attributes = elements(body.optional(constructed(0)))
  const extensions = attributes.flatMap(requestedExtensions)
  const names = extensions.find(({ id }) => id.join('.') === '2.5.29.17')
  const [algorithm, signature] = [outer.inner(tag.sequence), outer.bitString().bytes]
  const sets = attributes.flatMap((attribute) => attributeSet(attribute) ?? [])
  return {
    DNSNames: null, EmailAddresses: null, IPAddresses: null, URIs: null, ...(names === undefined ? {} : subjectAlternativeNames(names.value)),
    Raw: whole.whole.toString('base64'), RawTBSCertificateRequest: signed.whole.toString('base64'), RawSubjectPublicKeyInfo: key.toString('base64'), RawSubject: subject.toString('base64'),
    Version: Number(version), Signature: signature.toString('base64'), SignatureAlgorithm: signatureAlgorithm(algorithm), PublicKeyAlgorithm: 1, PublicKey: rsaPublicKey(key),
    Subject: parseDistinguishedName(subject), Attributes: sets.length === 0 ? null : sets, Extensions: extensions.length === 0 ? null : extensions.map(extensionJson), ExtraExtensions: null,
  }
}

function elements(encoded: Buffer | undefined): DerElement[] {
  const found: DerElement[] = []
  const reader = encoded === undefined ? undefined : new DerReader(encoded)
  while (reader?.atEnd === false) found.push(reader.any())
  return found
}

function requestedExtensions({ content }: DerElement): Extension[] {
  const reader = new DerReader(content)
  if (reader.objectIdentifier().join('.') !== extensionRequest) return []
  const values = reader.inner(tag.set)
  return values.atEnd ? [] : parseExtensions(values.inner(tag.sequence))
}

/** Attributes that are not sets of sequences of pairs (a challenge password) are left out. */
function attributeSet({ content }: DerElement): JsonObject | undefined {
  try {
    const reader = new DerReader(content)
    const type = reader.objectIdentifier()
    const sets = elements(reader.content(tag.set)).map((sequence) => elements(within(sequence)).map((item) => pair(within(item))))
    return { Type: type, Value: sets }
  } catch (error) {
    if (error instanceof CertificateError) return undefined
    throw error
  }
}

function within(element: DerElement): Buffer {
  return new DerReader(element.whole).content(tag.sequence)
}

function pair(content: Buffer): JsonObject {
  const reader = new DerReader(content)
  return { Type: reader.objectIdentifier(), Value: anyValue(reader.any()) }
}

/** What Go's encoding/asn1 makes of an element whose type it is not told. */
function anyValue({ tag: kind, content, whole }: DerElement): JsonValue {
  if (textTags.has(kind)) return parseText(kind, content)
  if (kind === tag.octetString) return content.toString('base64')
  if (kind === tag.integer) return Number(new DerReader(whole).integer())
  return kind === tag.objectIdentifier ? new DerReader(whole).objectIdentifier() : null
}
