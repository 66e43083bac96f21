// Go: encoding/pem's Decode

import type { Buffer } from 'node:buffer'
import { decodeBase64 } from '../base64.ts'

export interface PemBlock {
  readonly type: string
  readonly bytes: Buffer
}

const opening = /^-----BEGIN ([^\r\n]*?)-----[ \t\r]*$/

/** The first well-formed PEM block of a text; undefined if there is none. */
export function decodePem(text: string): PemBlock | undefined {
  const lines = text.split('\n')
  for (let start = 0; start < lines.length; start++) {
    const type = opening.exec(lines[start] ?? '')?.[1]
    if (type === undefined) continue
    const end = lines.findIndex((line, index) => index > start && line.trimEnd() === `-----END ${type}-----`)
    if (end < 0) return undefined
    const bytes = decodeBase64(withoutHeaders(lines.slice(start + 1, end)).join('').replace(/[ \t\r]/g, ''))
    if (bytes !== undefined) return { type, bytes }
  }
  return undefined
}

/** `Key: value` lines may come first. */
function withoutHeaders(lines: readonly string[]): readonly string[] {
  let first = 0
  while (first < lines.length && (lines[first] ?? '').includes(':')) first++
  return lines.slice(first)
}
