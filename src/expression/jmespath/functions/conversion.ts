// Kyverno: pkg/engine/jmespath/functions.go; kyverno/go-jmespath: functions.go

import type { JsonValue } from '../../../model/json.ts'
import { decodeBase64, encodeBase64 } from '../../../values/base64.ts'
import { parseJson } from '../../../values/json-parse.ts'
import { goJsonText } from '../../../values/json-text.ts'
import { toFloat64 } from '../../../values/numbers.ts'
import { parseFloat64 } from '../../../values/parse-number.ts'
import { parseYaml, YamlError } from '../../../values/yaml/index.ts'
import { failure } from '../failure.ts'
import { define } from '../function-row.ts'
import { isList, isObject, ObjectList, toJson, typeName, type Value } from '../value.ts'

/** Functions that turn a value into one of another type. */
export const conversion = [
  define({
    name: 'type', parameters: ['any'], returns: 'string', summary: 'the type of a value: number, string, boolean, array, object or null',
    implementation: ([value]) => {
      if (typeof value === 'bigint' || typeof value === 'function' || value instanceof ObjectList) throw failure('type', `${typeName(value)} has no type in JMESPath`)
      return typeName(value)
    },
  }),
  define({
    name: 'to_string', parameters: ['any'], returns: 'string', summary: 'a text as it is, anything else as compact JSON',
    implementation: ([value], run) => {
      if (typeof value === 'string') return value
      run.spendOn(value)
      return goJsonText(toJson(value))
    },
  }),
  define({
    name: 'to_number', parameters: ['any'], returns: 'number', summary: 'a number as it is, a text that is one as a number, anything else as null',
    implementation: ([value]) => toNumber(value),
  }),
  define({
    name: 'to_boolean', parameters: ['string'], returns: 'boolean', summary: 'the texts "true" and "false", in any letter case, as a boolean',
    implementation: ([text]) => {
      const lower = text.toLowerCase()
      if (lower !== 'true' && lower !== 'false') throw failure('to_boolean', `${JSON.stringify(text.slice(0, 100))} is neither "true" nor "false"`)
      return lower === 'true'
    },
  }),
  define({
    name: 'parse_json', parameters: ['string'], returns: 'any', summary: 'reads a JSON text',
    implementation: ([text], run) => {
      run.spend(text.length / 4)
      const value = parseJson(text)
      if (value === undefined) throw failure('parse_json', 'the text is not JSON')
      return value
    },
  }),
  define({
    name: 'parse_yaml', parameters: ['string'], returns: 'any', summary: 'reads a YAML text',
    implementation: ([text], run) => {
      run.spend(text.length / 4)
      return readYaml(text)
    },
  }),
  define({
    name: 'base64_decode', parameters: ['string'], returns: 'string', summary: 'decodes base64',
    implementation: ([text], run) => {
      run.spend(text.length / 16)
      const decoded = decodeBase64(text)
      if (decoded === undefined) throw failure('base64_decode', 'the text is not base64')
      return decoded.toString('utf8')
    },
  }),
  define({
    name: 'base64_encode', parameters: ['string'], returns: 'string', summary: 'encodes as base64',
    implementation: ([text], run) => {
      run.spend(text.length / 8)
      return encodeBase64(text)
    },
  }),
] as const

function readYaml(text: string): JsonValue {
  try {
    return toFloat64(parseYaml(text).value)
  } catch (error) {
    if (error instanceof YamlError) throw failure('parse_yaml', `the text is not YAML: ${error.message}`)
    throw error
  }
}

function toNumber(value: Value): number | null {
  if (typeof value === 'number') return value
  if (typeof value === 'string') return parseFloat64(value) ?? null
  const nothing = value === null || typeof value === 'boolean' || isObject(value) || (isList(value) && !(value instanceof ObjectList))
  if (!nothing) throw failure('to_number', `cannot convert ${typeName(value)}`)
  return null
}
