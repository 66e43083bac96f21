// Go: net/netip. Addresses and prefixes as Kubernetes' and Kyverno's programs read and print them.
import { goQuote } from './go-quote.ts'

/** An IP address: 4 or 16 bytes. */
export interface IpAddress {
  readonly bytes: readonly number[]
  /** The part after `%`; empty where there is none. */
  readonly zone: string
}

export interface IpPrefix {
  readonly address: IpAddress
  readonly bits: number
}

/** A text that is no address; the message is Go's. */
export class AddressError extends Error {}

function refuse(text: string, message: string, at = ''): never {
  throw new AddressError(`ParseAddr(${goQuote(text)}): ${message}${at === '' ? '' : ` (at ${goQuote(at)})`}`)
}

/** Reads an address or throws `AddressError`. Leading zeros, as in 010.0.0.1, are refused: programs disagree on what they mean. */
export function parseIpAddress(text: string): IpAddress {
  const first = text.match(/[.:%]/)?.[0]
  if (first === '.') return { bytes: parseIpv4(text, text), zone: '' }
  if (first === ':') return parseIpv6(text)
  return refuse(text, first === '%' ? 'missing IPv6 address' : 'unable to parse IP')
}

function parseIpv4(text: string, part: string): number[] {
  const fields: number[] = []
  let digits = ''
  for (let index = 0; index < part.length; index++) {
    const character = part.charAt(index)
    if (/[0-9]/.test(character)) {
      if (digits === '0') refuse(text, 'IPv4 field has octet with leading zero')
      digits += character
      if (Number(digits) > 255) refuse(text, 'IPv4 field has value >255')
    } else if (character === '.') {
      if (index === 0 || index === part.length - 1 || digits === '') refuse(text, 'IPv4 field must have at least one digit', part.slice(index))
      if (fields.length === 3) refuse(text, 'IPv4 address too long')
      fields.push(Number(digits))
      digits = ''
    } else refuse(text, 'unexpected character', part.slice(index))
  }
  if (fields.length < 3) refuse(text, 'IPv4 address too short')
  return [...fields, Number(digits)]
}

function parseIpv6(text: string): IpAddress {
  const percent = text.indexOf('%')
  const zone = percent < 0 ? '' : text.slice(percent + 1)
  if (percent >= 0 && zone === '') refuse(text, 'zone must be a non-empty string')
  const { bytes, ellipsis } = readGroups(text, percent < 0 ? text : text.slice(0, percent))
  if (bytes.length < 16) {
    if (ellipsis < 0) refuse(text, 'address string too short')
    bytes.splice(ellipsis, 0, ...Array.from({ length: 16 - bytes.length }, () => 0))
  } else if (ellipsis >= 0) refuse(text, 'the :: must expand to at least one field of zeros')
  return { bytes, zone }
}

function readGroups(text: string, address: string): { readonly bytes: number[]; readonly ellipsis: number } {
  const bytes: number[] = []
  let ellipsis = -1
  let rest = address
  if (rest.startsWith('::')) {
    ellipsis = 0
    rest = rest.slice(2)
  }
  while (bytes.length < 16 && (rest !== '' || bytes.length === 0)) {
    if (rest === '' && ellipsis === 0) break
    const group = rest.match(/^[0-9a-fA-F]*/)?.[0] ?? ''
    checkGroup(text, rest, group)
    if (rest.charAt(group.length) === '.') {
      checkEmbedded(text, rest, bytes.length, ellipsis)
      bytes.push(...parseIpv4(text, rest))
      return { bytes, ellipsis }
    }
    const value = parseInt(group, 16)
    bytes.push(value >> 8, value & 0xff)
    rest = rest.slice(group.length)
    if (rest === '') break
    rest = afterColon(text, rest)
    if (rest.startsWith(':')) {
      if (ellipsis >= 0) refuse(text, 'multiple :: in address', rest)
      ellipsis = bytes.length
      rest = rest.slice(1)
      if (rest === '') break
    }
  }
  if (rest !== '') refuse(text, 'trailing garbage after address', rest)
  return { bytes, ellipsis }
}

function checkGroup(text: string, rest: string, group: string): void {
  if (group.length > 4) refuse(text, 'each group must have 4 or less digits', rest)
  if (group === '') refuse(text, 'each colon-separated field must have at least one digit', rest)
}

function checkEmbedded(text: string, rest: string, length: number, ellipsis: number): void {
  if (ellipsis < 0 && length !== 12) refuse(text, 'embedded IPv4 address must replace the final 2 fields of the address', rest)
  if (length + 4 > 16) refuse(text, 'too many hex fields to fit an embedded IPv4 at the end of the address', rest)
}

function afterColon(text: string, rest: string): string {
  if (!rest.startsWith(':')) refuse(text, 'unexpected character, want colon', rest)
  if (rest.length === 1) refuse(text, 'colon must be followed by more characters', rest)
  return rest.slice(1)
}

/** Reads `address/bits` or throws `AddressError`. */
export function parseIpPrefix(text: string): IpPrefix {
  const fail = (message: string): never => {
    throw new AddressError(`netip.ParsePrefix(${goQuote(text)}): ${message}`)
  }
  const slash = text.lastIndexOf('/')
  if (slash < 0) fail("no '/'")
  const address = attempt(() => parseIpAddress(text.slice(0, slash)), fail)
  if (address.zone !== '') fail('IPv6 zones cannot be present in a prefix')
  const length = text.slice(slash + 1)
  if (!/^(?:[0-9]|[1-9][0-9]*)$/.test(length)) fail(`bad bits after slash: ${goQuote(length)}`)
  const bits = Number(length)
  if (bits < 0 || bits > address.bytes.length * 8) fail('prefix length out of range')
  return { address, bits }
}

function attempt(parse: () => IpAddress, fail: (message: string) => never): IpAddress {
  try {
    return parse()
  } catch (error) {
    return fail((error as Error).message)
  }
}

/** `::ffff:1.2.3.4`. */
export function isIpv4Mapped({ bytes }: IpAddress): boolean {
  return bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff
}

/** The canonical text: RFC 5952 for IPv6. */
export function formatIpAddress({ bytes, zone }: IpAddress): string {
  if (bytes.length === 4) return bytes.join('.')
  const suffix = zone === '' ? '' : `%${zone}`
  if (isIpv4Mapped({ bytes, zone })) return `::ffff:${bytes.slice(12).join('.')}${suffix}`
  const groups = Array.from({ length: 8 }, (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0))
  const { start, length } = longestZeros(groups)
  const hex = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':')
  return length < 2 ? `${hex(groups)}${suffix}` : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}${suffix}`
}

function longestZeros(groups: readonly number[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 }
  let start = 0
  for (let index = 0; index <= groups.length; index++) {
    if (groups[index] === 0) continue
    if (index - start > best.length) best = { start, length: index - start }
    start = index + 1
  }
  return best
}

/** The prefix with all bits behind it cleared. */
export function maskPrefix({ address, bits }: IpPrefix): IpPrefix {
  const bytes = address.bytes.map((byte, index) => byte & maskByte(bits - index * 8))
  return { address: { bytes, zone: '' }, bits }
}

function maskByte(bits: number): number {
  return bits >= 8 ? 0xff : bits <= 0 ? 0 : (0xff << (8 - bits)) & 0xff
}

/** Tells whether an address lies in a prefix; families do not mix. */
export function prefixContains(prefix: IpPrefix, address: IpAddress): boolean {
  if (address.zone !== '' || address.bytes.length !== prefix.address.bytes.length) return false
  const masked = maskPrefix(prefix).address.bytes
  return maskPrefix({ address, bits: prefix.bits }).address.bytes.every((byte, index) => byte === masked[index])
}

/** Tells what a text is as an IP address; undefined if it is none. Link-local addresses count as external, as in Kyverno (Go: IP.IsLoopback, IP.IsPrivate). */
export function addressKind(text: string): 'loopback' | 'private' | 'external' | undefined {
  try {
    const address = parseIpAddress(text)
    if (address.zone !== '') return undefined
    const bytes = isIpv4Mapped(address) ? address.bytes.slice(12) : address.bytes
    return bytes.length === 4 ? kindOfV4(bytes) : kindOfV6(bytes)
  } catch (error) {
    if (error instanceof AddressError) return undefined
    throw error
  }
}

function kindOfV4([a = 0, b = 0]: readonly number[]): 'loopback' | 'private' | 'external' {
  if (a === 127) return 'loopback'
  return a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) ? 'private' : 'external'
}

function kindOfV6(bytes: readonly number[]): 'loopback' | 'private' | 'external' {
  if (bytes.every((byte, index) => byte === (index === 15 ? 1 : 0))) return 'loopback'
  return ((bytes[0] ?? 0) & 0xfe) === 0xfc ? 'private' : 'external'
}
