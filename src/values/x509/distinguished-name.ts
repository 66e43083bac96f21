// Go: crypto/x509's parseName, pkix.Name

import type { Buffer } from 'node:buffer'
import type { JsonObject, JsonValue } from '../../model/json.ts'
import { DerReader, malformed, tag } from './der.ts'

/** The fields of pkix.Name by the last number of their identifier, 2.5.4.n. */
const listFields: ReadonlyMap<number, string> = new Map([
  [6, 'Country'], [10, 'Organization'], [11, 'OrganizationalUnit'], [7, 'Locality'], [8, 'Province'], [9, 'StreetAddress'], [17, 'PostalCode'],
])
const textFields: ReadonlyMap<number, string> = new Map([[3, 'CommonName'], [5, 'SerialNumber']])

/** A distinguished name as Go's pkix.Name is marshalled. */
export function parseDistinguishedName(encoded: Buffer): JsonObject {
  const names: JsonObject[] = []
  const lists = new Map<string, string[]>()
  const texts = new Map<string, string>([['CommonName', ''], ['SerialNumber', '']])
  const sequence = new DerReader(encoded).inner(tag.sequence)
  while (!sequence.atEnd) {
    const set = sequence.inner(tag.set)
    while (!set.atEnd) {
      const attribute = set.inner(tag.sequence)
      const type = attribute.objectIdentifier()
      const element = attribute.any()
      const value = parseText(element.tag, element.content)
      names.push({ Type: type, Value: value })
      const number = type.length === 4 && type.slice(0, 3).join('.') === '2.5.4' ? type[3] : undefined
      const [list, text] = [listFields.get(number ?? -1), textFields.get(number ?? -1)]
      if (list !== undefined) lists.set(list, [...lists.get(list) ?? [], value])
      if (text !== undefined) texts.set(text, value)
    }
  }
  const listed = [...listFields.values()].map((name): [string, JsonValue] => [name, lists.get(name) ?? null])
  return { ...Object.fromEntries(listed), ...Object.fromEntries(texts), Names: names.length === 0 ? null : names, ExtraNames: null }
}

/** The text of a string element; each kind allows other characters. */
export function parseText(kind: number, content: Buffer): string {
  switch (kind) {
    case tag.t61String: return content.toString('latin1')
    case tag.utf8String: return validated(content.toString('utf8'), /^[^\ufffd]*$/)
    case tag.printableString: return validated(content.toString('latin1'), /^[A-Za-z0-9 '()+,\-./:=?*&]*$/)
    case tag.ia5String: return ia5Text(content)
    case tag.numericString: return validated(content.toString('latin1'), /^[0-9 ]*$/)
    case tag.bmpString: return bmpText(content)
    default: throw malformed()
  }
}

/** A text that must be ASCII. */
export function ia5Text(content: Buffer): string {
  if (content.some((byte) => byte >= 0x80)) throw malformed()
  return content.toString('latin1')
}

function validated(text: string, pattern: RegExp): string {
  if (!pattern.test(text)) throw malformed()
  return text
}

function bmpText(content: Buffer): string {
  if (content.length % 2 !== 0) throw malformed()
  let text = ''
  for (let index = 0; index < content.length; index += 2) text += String.fromCharCode(content.readUInt16BE(index))
  return validated(text.replace(/\0$/, ''), /^[^\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]*$/)
}
