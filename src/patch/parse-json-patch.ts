// Counterpart: Kyverno pkg/engine/mutate/patch/patchesUtils.go (convertPatchesToJSON)
import { EvaluationError } from '../model/errors.ts'
import type { JsonValue } from '../model/json.ts'
import { JsonSyntaxError, readJson } from '../values/read-json.ts'
import { parseYaml, YamlError } from '../values/yaml/index.ts'

const parsed = new Map<string, JsonValue>()
const mostParsed = 100

/** Reads the text of a rule's `patchesJson6902`: JSON where it starts with a bracket, else YAML. Throws INVALID_PATCH. */
export function parseJsonPatch(text: string): JsonValue {
  // Without variables it is the same text for every resource.
  const known = parsed.get(text)
  if (known !== undefined) return known
  const patch = parseText(text)
  if (parsed.size >= mostParsed) parsed.clear()
  parsed.set(text, patch)
  return patch
}

function parseText(text: string): JsonValue {
  try {
    return text === '' || text.startsWith('[') ? parseJson(text) : parseYaml(text).value
  } catch (error) {
    if (!(error instanceof JsonSyntaxError || error instanceof YamlError)) throw error
    throw new EvaluationError('INVALID_PATCH', `the patch cannot be read: ${error.message}`, { cause: error })
  }
}

function parseJson(text: string): JsonValue {
  const { value, end } = readJson(text)
  if (text.slice(end).trim() !== '') throw new EvaluationError('INVALID_PATCH', 'something follows the patch')
  return value
}
