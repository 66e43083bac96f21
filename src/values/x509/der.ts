// Go: golang.org/x/crypto/cryptobyte

import type { Buffer } from 'node:buffer'
import { timeFromReading, formatRfc3339 } from '../time.ts'
import { CertificateError } from './certificate-error.ts'

/** The tags of ASN.1 that certificates use. */
export const tag = {
  boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, objectIdentifier: 0x06, utf8String: 0x0c, sequence: 0x30, set: 0x31,
  numericString: 0x12, printableString: 0x13, t61String: 0x14, ia5String: 0x16, utcTime: 0x17, generalizedTime: 0x18, bmpString: 0x1e,
} as const

/** `[n]`, plain or constructed. */
export const context = (number: number): number => 0x80 | number
export const constructed = (number: number): number => 0xa0 | number

export interface DerElement {
  readonly tag: number
  readonly content: Buffer
  /** With tag and length. */
  readonly whole: Buffer
}

/** Reads the elements of a DER encoding one after the other; throws CertificateError. */
export class DerReader {
  #rest: Buffer

  constructor(bytes: Buffer) {
    this.#rest = bytes
  }

  get atEnd(): boolean {
    return this.#rest.length === 0
  }

  /** The tag of the next element, undefined at the end. */
  get tag(): number | undefined {
    return this.#rest[0]
  }

  any(): DerElement {
    const first = this.#rest[0]
    if (first === undefined || (first & 0x1f) === 0x1f) throw malformed()
    const { start, size } = this.#length()
    const end = start + size
    if (this.#rest.length < end) throw malformed()
    const element = { tag: first, content: this.#rest.subarray(start, end), whole: this.#rest.subarray(0, end) }
    this.#rest = this.#rest.subarray(end)
    return element
  }

  /** The long form must be needed, and no certificate is larger than 4 GiB. */
  #length(): { start: number; size: number } {
    const short = this.#rest[1] ?? 0x80
    if (short < 0x80) return { start: 2, size: short }
    const extra = short & 0x7f
    if (extra === 0 || extra > 4 || this.#rest.length < 2 + extra) throw malformed()
    const size = this.#rest.readUIntBE(2, extra)
    if (size < (extra === 1 ? 0x80 : 2 ** (8 * (extra - 1)))) throw malformed()
    return { start: 2 + extra, size }
  }

  element(wanted: number): DerElement {
    if (this.tag !== wanted) throw malformed()
    return this.any()
  }

  content(wanted: number): Buffer {
    return this.element(wanted).content
  }

  inner(wanted: number): DerReader {
    return new DerReader(this.content(wanted))
  }

  optional(wanted: number): Buffer | undefined {
    return this.tag === wanted ? this.content(wanted) : undefined
  }

  integer(wanted: number = tag.integer): bigint {
    return parseInteger(this.content(wanted))
  }

  boolean(): boolean {
    const content = this.content(tag.boolean)
    if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw malformed()
    return content[0] === 0xff
  }

  objectIdentifier(): number[] {
    return parseObjectIdentifier(this.content(tag.objectIdentifier))
  }

  /** The bytes of a bit string, and how many bits of the last one do not count. */
  bitString(): { bytes: Buffer; unused: number } {
    const content = this.content(tag.bitString)
    const unused = content[0] ?? 8
    if (unused > 7 || (unused > 0 && content.length === 1)) throw malformed()
    return { bytes: content.subarray(1), unused }
  }

  /** A time, as RFC 3339. */
  time(): string {
    const { tag: kind, content } = this.any()
    const parts = timePatterns.get(kind)?.exec(content.toString('latin1'))
    if (parts === null || parts === undefined) throw malformed()
    const part = (index: number): number => Number(parts[index] ?? 0)
    // Two digits mean 1950 to 2049.
    const year = kind === tag.generalizedTime ? part(1) : part(1) + (part(1) >= 50 ? 1900 : 2000)
    const reading = { year, month: part(2), day: part(3), hour: part(4), minute: part(5), second: part(6) }
    return formatRfc3339(timeFromReading(reading, 0, zoneOffset(parts[7] ?? 'Z')))
  }
}

const timePatterns: ReadonlyMap<number, RegExp> = new Map([
  [tag.utcTime, /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})$/], [tag.generalizedTime, /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(Z|[+-]\d{4})$/],
])

function zoneOffset(zone: string): number {
  return zone === 'Z' ? 0 : (zone.startsWith('-') ? -1 : 1) * (Number(zone.slice(1, 3)) * 3600 + Number(zone.slice(3)) * 60)
}

/** The error of everything that does not decode. */
export function malformed(): CertificateError {
  return new CertificateError('the encoding of the certificate is malformed')
}

function parseInteger(content: Buffer): bigint {
  const [first, second] = [content[0], content[1]]
  if (first === undefined) throw malformed()
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) throw malformed()
  return BigInt.asIntN(content.length * 8, BigInt(`0x${content.toString('hex')}`))
}

/** Each number in groups of seven bits; the first two share one. */
function parseObjectIdentifier(content: Buffer): number[] {
  const numbers: number[] = []
  let value = 0
  for (const byte of content) {
    value = value * 128 + (byte & 0x7f)
    if (value > 0x7fffffff) throw malformed()
    if (byte >= 0x80) continue
    numbers.push(value)
    value = 0
  }
  const [first, ...rest] = numbers
  if (first === undefined || (content.at(-1) ?? 0) >= 0x80) throw malformed()
  return first < 80 ? [Math.trunc(first / 40), first % 40, ...rest] : [2, first - 80, ...rest]
}
