// cel-go: ext/encoders.go
import { Buffer } from 'node:buffer'
import { goJsonText } from '../../../values/json-text.ts'
import { fn, withCost, type CelLibrary } from '../library.ts'
import { celType } from '../types/cel-type.ts'
import { toJson } from '../values/json.ts'
import { CelBytes, failure } from '../values/value.ts'
import { traversalCost } from './standard/costs.ts'

const { bytes, dyn, string } = celType
const cost = (args: Parameters<ReturnType<typeof traversalCost>>[0]): number => 1 + traversalCost(0)(args, null)

/** The padding may be missing; line breaks are skipped, as Go does. */
function decode(text: string): CelBytes {
  const padded = /^((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}(?:==)?|[A-Za-z0-9+/]{3}=?)?)$/
  const joined = text.replace(/[\r\n]/g, '')
  if (!padded.test(joined)) throw failure(`illegal base64 data at input byte ${firstIllegal(text)}`)
  return new CelBytes(new Uint8Array(Buffer.from(joined, 'base64')))
}

function firstIllegal(text: string): number {
  const position = text.search(/[^A-Za-z0-9+/\r\n]/)
  return position < 0 ? text.length - (text.length % 4) : position
}

/** Texts for bytes and values. */
export const encoders: CelLibrary = {
  name: 'encoders',
  summary: 'Base64 and JSON texts',
  functions: [
    withCost(cost, fn('base64.decode', [string], bytes, decode)),
    withCost(cost, fn('base64.encode', [bytes], string, (value) => Buffer.from(value.bytes).toString('base64'))),
    withCost(() => -1, fn('json.encode', [dyn], string, (value) => goJsonText(toJson(value)))),
  ],
}
