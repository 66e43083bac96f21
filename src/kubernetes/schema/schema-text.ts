import { Buffer } from 'node:buffer'
import { gunzipSync } from 'node:zlib'
import { packedSchemas } from '../data/openapi.ts'

/** The shipped schemas as one text, see `packedSchemas`. The executable has it in a file of its own, unpacked (`scripts/build/schema-file.mjs`). */
export function schemaText(): string {
  return gunzipSync(Buffer.from(packedSchemas, 'base64')).toString('utf8')
}
