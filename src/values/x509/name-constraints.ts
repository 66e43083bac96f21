// Go: crypto/x509's parseNameConstraintsExtension

import type { Buffer } from 'node:buffer'
import type { JsonObject, JsonValue } from '../../model/json.ts'
import { addressText } from './address.ts'
import { constructed, context, DerReader, malformed, tag } from './der.ts'
import { ia5Text } from './distinguished-name.ts'

/** Which names a certificate authority may and may not sign for. */
export function parseNameConstraints({ value, critical }: { readonly value: Buffer; readonly critical: boolean }): JsonObject {
  const sequence = new DerReader(value).inner(tag.sequence)
  const [permitted, excluded] = [sequence.optional(constructed(0)), sequence.optional(constructed(1))]
  if (((permitted?.length ?? 0) === 0 && (excluded?.length ?? 0) === 0) || !sequence.atEnd) throw malformed()
  return { ...subtrees('Permitted', permitted), ...subtrees('Excluded', excluded), PermittedDNSDomainsCritical: critical }
}

function subtrees(prefix: string, encoded: Buffer | undefined): JsonObject {
  const [dns, addresses, emails, uris]: [string[], JsonObject[], string[], string[]] = [[], [], [], []]
  const reader = encoded === undefined ? undefined : new DerReader(encoded)
  while (reader?.atEnd === false) {
    const { tag: kind, content } = reader.inner(tag.sequence).any()
    if (kind === context(1)) emails.push(ia5Text(content))
    if (kind === context(2)) dns.push(ia5Text(content))
    if (kind === context(6)) uris.push(ia5Text(content))
    if (kind === context(7)) addresses.push(addressRange(content))
  }
  const orNull = (list: readonly JsonValue[]): JsonValue => (list.length === 0 ? null : list)
  return {
    [`${prefix}DNSDomains`]: orNull(dns), [`${prefix}IPRanges`]: orNull(addresses), [`${prefix}EmailAddresses`]: orNull(emails), [`${prefix}URIDomains`]: orNull(uris),
  }
}

/** An address, and a mask of ones followed by zeros. */
function addressRange(content: Buffer): JsonObject {
  const half = content.length / 2
  const [address, mask] = [addressText(content.subarray(0, half)), content.subarray(half)]
  const bits = [...mask].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  if (content.length % 2 !== 0 || !/^1*0*$/.test(bits)) throw malformed()
  return { IP: address, Mask: mask.toString('base64') }
}
