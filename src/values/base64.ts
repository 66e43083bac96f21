// Go: encoding/base64's StdEncoding

import { Buffer } from 'node:buffer'

/** Decodes the standard alphabet with padding; line breaks are skipped, as Go does. Undefined if the text is not base64. */
export function decodeBase64(text: string): Buffer | undefined {
  const compact = text.replace(/[\r\n]/g, '')
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) return undefined
  return Buffer.from(compact, 'base64')
}

/** Encodes a text's UTF-8. */
export function encodeBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}
