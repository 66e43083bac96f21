// kyverno/sdk: cel/libs/json, cel/libs/yaml, cel/libs/gzip
import { Buffer } from 'node:buffer'
import { gunzipSync, gzipSync } from 'node:zlib'
import { goJsonText } from '../../../../values/json-text.ts'
import { parseJson } from '../../../../values/json-parse.ts'
import { toFloat64 } from '../../../../values/numbers.ts'
import { parseYaml, YamlError } from '../../../../values/yaml/index.ts'
import { explainJson } from '../../../../values/explain-json.ts'
import { formatFloat } from '../../../../values/number-text.ts'
import { fn, type CelLibrary } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import { conversionError } from '../../values/native-conversion.ts'
import { toJson } from '../../values/json.ts'
import { CelMap, mapKeys } from '../../values/map.ts'
import { CelBytes, failure, type CelValue } from '../../values/value.ts'

const { bytes, dyn, string } = celType

/** What is JSON and cannot be read all the same: a number beyond all doubles. */
const largeNumber = /-?\d+(?:\.\d+)?[eE]\+?\d{3,}|-?\d{309,}/

/** Numbers come as doubles, whole ones too: Go's decoder makes them so. */
function unmarshal(value: CelValue): CelValue {
  if (typeof value !== 'string') throw failure(conversionError(value, 'string'))
  const parsed = parseJson(value)
  if (parsed === undefined) throw failure(explainJson(value) ?? `json: cannot unmarshal number ${largeNumber.exec(value)?.[0] ?? ''} into Go value of type float64`)
  return toFloat64(parsed)
}

/** Go's conversion knows maps with keys of text only, and JSON has no infinity. */
function marshal(value: CelValue): string {
  if (value instanceof CelMap) throw failure(conversionError(mapKeys(value).find((key) => typeof key !== 'string') ?? null, 'string'))
  if (typeof value === 'number' && !Number.isFinite(value)) throw failure(`json: unsupported value: ${formatFloat(value, 'g')}`)
  return goJsonText(toJson(value))
}

function parseText(text: string): CelValue {
  try {
    return toFloat64(parseYaml(text).value)
  } catch (error) {
    if (error instanceof YamlError) throw failure(error.message)
    throw error
  }
}

/** An archive of a few bytes can unfold to gigabytes. */
const maxUnpacked = 16 * 1024 * 1024

function decompress({ bytes: packed }: CelBytes): string {
  try {
    return gunzipSync(packed, { maxOutputLength: maxUnpacked }).toString()
  } catch (error) {
    throw failure(`gzip: ${(error as Error).message}`)
  }
}

function compress(value: CelValue): CelBytes {
  if (typeof value !== 'string') throw failure(conversionError(value, 'string'))
  const packed = gzipSync(Buffer.from(value))
  // Byte 9 names the operating system; Go leaves it unknown.
  packed[9] = 255
  return new CelBytes(new Uint8Array(packed))
}

export const documents: CelLibrary = {
  name: 'documents',
  summary: 'JSON and YAML texts read and written; gzip',
  functions: [
    fn('json.unmarshal', [dyn], dyn, unmarshal),
    fn('json.marshal', [dyn], string, marshal),
    fn('yaml.parse', [string], dyn, parseText),
    fn('gzip.compress', [dyn], bytes, compress),
    fn('gzip.decompress', [bytes], string, decompress),
  ],
}
