// apiserver: pkg/cel/library/ip.go, cidr.go; pkg/cel/ip.go, cidr.go
import {
  AddressError, formatIpAddress, isIpv4Mapped, maskPrefix, parseIpAddress, parseIpPrefix, prefixContains, type IpAddress, type IpPrefix,
} from '../../../../values/ip-address.ts'
import { goQuote } from '../../../../values/go-quote.ts'
import { fn, method, type CelLibrary } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import type { CelType } from '../../types/type.ts'
import { CelOpaque, failure, type CelValue } from '../../values/value.ts'

const { bool, int, string } = celType

const ipType: CelType<Ip> = celType.opaque<Ip>('net.IP')
const cidrType: CelType<Cidr> = celType.opaque<Cidr>('net.CIDR')

/** An IP address. */
class Ip extends CelOpaque {
  readonly type: CelType = ipType
  readonly address: IpAddress

  constructor(address: IpAddress) {
    super()
    this.address = address
  }

  equals(other: CelValue): boolean {
    if (!(other instanceof Ip)) throw failure('no such overload')
    return this.toJson() === other.toJson()
  }

  toJson(): string {
    return formatIpAddress(this.address)
  }
}

/** An address with a prefix length. */
class Cidr extends CelOpaque {
  readonly type: CelType = cidrType
  readonly prefix: IpPrefix

  constructor(prefix: IpPrefix) {
    super()
    this.prefix = prefix
  }

  equals(other: CelValue): boolean {
    if (!(other instanceof Cidr)) throw failure('no such overload')
    return this.toJson() === other.toJson()
  }

  toJson(): string {
    return `${formatIpAddress(this.prefix.address)}/${this.prefix.bits}`
  }
}

/** Zones and mapped addresses are refused: they let one address be written in two ways. */
function parseIp(text: string): Ip {
  const address = convert(() => parseIpAddress(text), `IP Address ${goQuote(text)} parse error during conversion from string`)
  if (address.zone !== '') throw failure(`IP address ${goQuote(text)} with zone value is not allowed`)
  if (isIpv4Mapped(address)) throw failure(`IPv4-mapped IPv6 address ${goQuote(text)} is not allowed`)
  return new Ip(address)
}

/** The API server hands the error of such a text on as if it were an address, and so says nothing about it. */
function parseMember(text: string): Ip {
  try {
    return parseIp(text)
  } catch {
    throw failure('no such overload')
  }
}

const cidrFailure = 'network address parse error during conversion from string'

function parseCidr(text: string): Cidr {
  const prefix = convert(() => parseIpPrefix(text), `${cidrFailure}: ${cidrFailure}`)
  if (isIpv4Mapped(prefix.address)) throw failure(`${cidrFailure}: IPv4-mapped IPv6 address ${goQuote(text)} is not allowed`)
  return new Cidr(prefix)
}

function convert<T>(parse: () => T, what: string): T {
  try {
    return parse()
  } catch (error) {
    if (error instanceof AddressError) throw failure(`${what}: ${error.message}`)
    throw error
  }
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt()
    return true
  } catch {
    return false
  }
}

/** Judges the first bytes of an address: one rule for each family. */
function judge(v4: (bytes: readonly number[]) => boolean, v6: (bytes: readonly number[]) => boolean): (ip: Ip) => boolean {
  return ({ address: { bytes } }) => (bytes.length === 4 ? v4(bytes) : v6(bytes))
}

const isZero = (bytes: readonly number[]): boolean => bytes.every((byte) => byte === 0)
const at = (bytes: readonly number[], index: number): number => bytes[index] ?? 0
const isUnspecified = judge(isZero, isZero)
const isLoopback = judge((bytes) => bytes[0] === 127, (bytes) => isZero(bytes.slice(0, 15)) && bytes[15] === 1)
const isLinkLocalMulticast = judge(([a, b, c]) => a === 224 && b === 0 && c === 0, (bytes) => bytes[0] === 0xff && (at(bytes, 1) & 0x0f) === 2)
const isLinkLocalUnicast = judge(([a, b]) => a === 169 && b === 254, (bytes) => bytes[0] === 0xfe && (at(bytes, 1) & 0xc0) === 0x80)
const isMulticast = judge((bytes) => (at(bytes, 0) & 0xf0) === 0xe0, (bytes) => bytes[0] === 0xff)
const isBroadcast = judge((bytes) => bytes.every((byte) => byte === 255), () => false)

function isGlobalUnicast(ip: Ip): boolean {
  return ![isUnspecified, isLoopback, isMulticast, isLinkLocalUnicast, isBroadcast].some((is) => is(ip))
}

function containsCidr({ prefix: outer }: Cidr, { prefix: inner }: Cidr): boolean {
  return outer.bits <= inner.bits && prefixContains(outer, inner.address)
}

export const ip: CelLibrary = {
  name: 'ip',
  summary: 'IP addresses',
  functions: [
    fn('ip', [string], ipType, parseIp),
    fn('isIP', [string], bool, (text) => succeeds(() => parseIp(text))),
    fn('ip.isCanonical', [string], bool, (text) => parseIp(text).toJson() === text),
    fn('string', [ipType], string, (value) => value.toJson()),
    method('family', [ipType], int, ({ address }) => (address.bytes.length === 4 ? 4n : 6n)),
    method('isUnspecified', [ipType], bool, isUnspecified),
    method('isLoopback', [ipType], bool, isLoopback),
    method('isLinkLocalMulticast', [ipType], bool, isLinkLocalMulticast),
    method('isLinkLocalUnicast', [ipType], bool, isLinkLocalUnicast),
    method('isGlobalUnicast', [ipType], bool, isGlobalUnicast),
  ],
  typeNames: [ipType],
}

export const cidr: CelLibrary = {
  name: 'cidr',
  summary: 'Networks: addresses with a prefix length',
  functions: [
    fn('cidr', [string], cidrType, parseCidr),
    fn('isCIDR', [string], bool, (text) => succeeds(() => parseCidr(text))),
    fn('string', [cidrType], string, (value) => value.toJson()),
    method('containsIP', [cidrType, string], bool, ({ prefix }, text) => prefixContains(prefix, parseMember(text).address)),
    method('containsIP', [cidrType, ipType], bool, ({ prefix }, { address }) => prefixContains(prefix, address)),
    method('containsCIDR', [cidrType, string], bool, (outer, text) => containsCidr(outer, parseCidr(text))),
    method('containsCIDR', [cidrType, cidrType], bool, containsCidr),
    method('ip', [cidrType], ipType, ({ prefix }) => new Ip(prefix.address)),
    method('prefixLength', [cidrType], int, ({ prefix }) => BigInt(prefix.bits)),
    method('masked', [cidrType], cidrType, ({ prefix }) => new Cidr(maskPrefix(prefix))),
  ],
  typeNames: [cidrType],
}
