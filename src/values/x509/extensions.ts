// Go: crypto/x509's processExtensions

import type { Buffer } from 'node:buffer'
import type { JsonObject, JsonValue } from '../../model/json.ts'
import { decodedParts, parseUrl, UrlError, type GoUrl } from '../go-url.ts'
import { CertificateError } from './certificate-error.ts'
import { constructed, context, DerReader, tag } from './der.ts'
import { ia5Text } from './distinguished-name.ts'
import { addressText } from './address.ts'
import { parseNameConstraints } from './name-constraints.ts'

export interface Extension {
  readonly id: readonly number[]
  readonly critical: boolean
  readonly value: Buffer
}

/** Reads the sequence of extensions; the same one twice is an error. */
export function parseExtensions(sequence: DerReader): Extension[] {
  const extensions: Extension[] = []
  while (!sequence.atEnd) {
    const reader = sequence.inner(tag.sequence)
    const id = reader.objectIdentifier()
    const critical = reader.tag === tag.boolean && reader.boolean()
    if (extensions.some((other) => other.id.join('.') === id.join('.'))) throw new CertificateError(`the extension ${id.join('.')} occurs twice`)
    extensions.push({ id, critical, value: reader.content(tag.octetString) })
  }
  return extensions
}

/** The extension as Go's pkix.Extension is marshalled. */
export function extensionJson({ id, critical, value }: Extension): JsonObject {
  return { Id: id, Critical: critical, Value: value.toString('base64') }
}

/** What an extension says, as fields of Go's Certificate; undefined where Go does not handle it. */
export function extensionFields(extension: Extension): JsonObject | undefined {
  return handlers.get(extension.id.join('.'))?.(extension)
}

type Handler = (extension: Extension) => JsonObject | undefined

const reader = (value: Buffer): DerReader => new DerReader(value)
const orNull = <T extends JsonValue>(list: readonly T[]): readonly T[] | null => (list.length === 0 ? null : list)

/** RFC 5280, in the order of its section 4.2. */
const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['2.5.29.35', ({ value }) => ({ AuthorityKeyId: reader(value).inner(tag.sequence).optional(context(0))?.toString('base64') ?? null })],
  ['2.5.29.14', ({ value, critical }) => {
    if (critical) throw new CertificateError('the subject key identifier is marked critical')
    return { SubjectKeyId: reader(value).content(tag.octetString).toString('base64') }
  }],
  ['2.5.29.15', ({ value }) => ({ KeyUsage: keyUsage(reader(value).bitString()) })],
  ['2.5.29.32', ({ value }) => certificatePolicies(reader(value).inner(tag.sequence))],
  ['2.5.29.33', ({ value }) => ({ PolicyMappings: orNull(policyMappings(reader(value).inner(tag.sequence))) })],
  ['2.5.29.17', ({ value }) => subjectAlternativeNames(value)],
  ['2.5.29.19', ({ value }) => basicConstraints(reader(value).inner(tag.sequence))],
  ['2.5.29.30', parseNameConstraints],
  ['2.5.29.36', ({ value }) => policyConstraints(reader(value).inner(tag.sequence))],
  ['2.5.29.37', ({ value }) => extendedKeyUsage(reader(value).inner(tag.sequence))],
  ['2.5.29.31', ({ value }) => ({ CRLDistributionPoints: orNull(distributionPoints(reader(value).inner(tag.sequence))) })],
  ['2.5.29.54', ({ value }) => counted('InhibitAnyPolicy', reader(value).integer())],
  ['1.3.6.1.5.5.7.1.1', ({ value, critical }) => {
    if (critical) throw new CertificateError('the authority information access is marked critical')
    return authorityInformation(reader(value).inner(tag.sequence))
  }],
])

/** Bit i of the string, counted from its first, is bit i of the number. */
function keyUsage({ bytes }: { readonly bytes: Buffer }): number {
  let usage = 0
  for (let bit = 0; bit < 9; bit++) {
    if (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) usage |= 1 << bit
  }
  return usage
}

/** A number, and whether it is there and zero. */
function counted(name: string, value: bigint | undefined): JsonObject {
  return value === undefined ? {} : { [name]: Number(value), [`${name}Zero`]: value === 0n }
}

function certificatePolicies(sequence: DerReader): JsonObject {
  const policies: number[][] = []
  while (!sequence.atEnd) policies.push(sequence.inner(tag.sequence).objectIdentifier())
  return { Policies: policies.map((policy) => policy.join('.')), PolicyIdentifiers: policies }
}

function policyMappings(sequence: DerReader): JsonObject[] {
  const mappings: JsonObject[] = []
  while (!sequence.atEnd) {
    const mapping = sequence.inner(tag.sequence)
    mappings.push({ IssuerDomainPolicy: mapping.objectIdentifier().join('.'), SubjectDomainPolicy: mapping.objectIdentifier().join('.') })
  }
  return mappings
}

function basicConstraints(sequence: DerReader): JsonObject {
  const isCa = sequence.tag === tag.boolean && sequence.boolean()
  const length = sequence.tag === tag.integer ? sequence.integer() : -1n
  return { BasicConstraintsValid: true, IsCA: isCa, MaxPathLen: Number(length), MaxPathLenZero: length === 0n }
}

function policyConstraints(sequence: DerReader): JsonObject {
  const explicit = sequence.tag === context(0) ? sequence.integer(context(0)) : undefined
  const mapping = sequence.tag === context(1) ? sequence.integer(context(1)) : undefined
  return { ...counted('RequireExplicitPolicy', explicit), ...counted('InhibitPolicyMapping', mapping) }
}

/** Go's ExtKeyUsage numbers them in this order. */
const extendedUsages = [
  '2.5.29.37.0', ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => `1.3.6.1.5.5.7.3.${number}`), '1.3.6.1.4.1.311.10.3.3', '2.16.840.1.113730.4.1',
  '1.3.6.1.4.1.311.2.1.22', '1.3.6.1.4.1.311.61.1.1',
]

function extendedKeyUsage(sequence: DerReader): JsonObject {
  const [known, unknown]: [number[], number[][]] = [[], []]
  while (!sequence.atEnd) {
    const id = sequence.objectIdentifier()
    const number = extendedUsages.indexOf(id.join('.'))
    if (number < 0) unknown.push(id)
    else known.push(number)
  }
  return { ExtKeyUsage: orNull(known), UnknownExtKeyUsage: orNull(unknown) }
}

function distributionPoints(sequence: DerReader): string[] {
  const uris: string[] = []
  while (!sequence.atEnd) {
    const name = sequence.inner(tag.sequence).optional(constructed(0))
    if (name === undefined) continue
    const full = reader(name).inner(constructed(0))
    while (full.tag === context(6)) uris.push(full.content(context(6)).toString('utf8'))
  }
  return uris
}

function authorityInformation(sequence: DerReader): JsonObject {
  const [servers, issuers]: [string[], string[]] = [[], []]
  while (!sequence.atEnd) {
    const description = sequence.inner(tag.sequence)
    const method = description.objectIdentifier().join('.')
    const uri = description.optional(context(6))?.toString('utf8')
    if (uri !== undefined && method === '1.3.6.1.5.5.7.48.1') servers.push(uri)
    if (uri !== undefined && method === '1.3.6.1.5.5.7.48.2') issuers.push(uri)
  }
  return { OCSPServer: orNull(servers), IssuingCertificateURL: orNull(issuers) }
}

/** The subject's other names; undefined if there is none of a kind that Go knows. */
export function subjectAlternativeNames(value: Buffer): JsonObject | undefined {
  const [dns, emails, addresses, uris]: [string[], string[], string[], JsonObject[]] = [[], [], [], []]
  const names = reader(value).inner(tag.sequence)
  while (!names.atEnd) {
    const { tag: kind, content } = names.any()
    if (kind === context(1)) emails.push(ia5Text(content))
    if (kind === context(2)) dns.push(ia5Text(content))
    if (kind === context(6)) uris.push(urlJson(ia5Text(content)))
    if (kind === context(7)) addresses.push(addressText(content))
  }
  if (dns.length + emails.length + addresses.length + uris.length === 0) return undefined
  return { DNSNames: orNull(dns), EmailAddresses: orNull(emails), IPAddresses: orNull(addresses), URIs: orNull(uris) }
}

function urlJson(text: string): JsonObject {
  const url = readUrl(text)
  const { path, rawPath, fragment, rawFragment } = decodedParts(url)
  return {
    Scheme: url.scheme, Opaque: url.opaque, User: url.userinfo === undefined ? null : {}, Host: url.host, Path: path, RawPath: rawPath, ForceQuery: url.forceQuery,
    RawQuery: url.rawQuery, Fragment: fragment, RawFragment: rawFragment, OmitHost: url.omitHost,
  }
}

function readUrl(text: string): GoUrl {
  try {
    return parseUrl(text)
  } catch (error) {
    if (error instanceof UrlError) throw new CertificateError(error.message.slice(0, 300))
    throw error
  }
}
