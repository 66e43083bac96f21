// Kyverno: pkg/engine/jmespath/functions.go (jpSha256, jpSha1, jpMd5)

import { createHash } from 'node:crypto'
import { define } from '../function-row.ts'
import type { Run } from '../run.ts'

/** Hashes, as lower-case hexadecimal digits. */
export const hash = [
  define({ name: 'sha256', parameters: ['string'], returns: 'string', summary: 'the SHA-256 hash of a text', implementation: ([text], run) => digest('sha256', text, run) }),
  define({ name: 'sha1', parameters: ['string'], returns: 'string', summary: 'the SHA-1 hash of a text', implementation: ([text], run) => digest('sha1', text, run) }),
  define({ name: 'md5', parameters: ['string'], returns: 'string', summary: 'the MD5 hash of a text', implementation: ([text], run) => digest('md5', text, run) }),
] as const

function digest(algorithm: 'sha256' | 'sha1' | 'md5', text: string, run: Run): string {
  run.spend(10 + text.length / 16)
  return createHash(algorithm).update(text, 'utf8').digest('hex')
}
