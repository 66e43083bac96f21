// Go: encoding/json's Unmarshal into `any`

import type { JsonValue } from '../model/json.ts'
import { toFloat64 } from './numbers.ts'
import { JsonSyntaxError, readJson } from './read-json.ts'

/** Reads JSON as Go does where it knows no types: every number is a float64; undefined if the text is not JSON. */
export function parseJson(text: string): JsonValue | undefined {
  try {
    const { value, end } = readJson(text)
    return /[^ \t\n\r]/.test(text.slice(end)) ? undefined : toFloat64(value)
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined
    throw error
  }
}
