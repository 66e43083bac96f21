// Counterpart: Kyverno pkg/engine/mutate/patch/patchesUtils.go (convertPatchesToJSON)
import { EvaluationError } from '../model/errors.ts'
import type { JsonValue } from '../model/json.ts'
import { Memo } from '../values/memo.ts'
import { JsonSyntaxError, readJson } from '../values/read-json.ts'
import { parseYaml, YamlError } from '../values/yaml/index.ts'

/** Without variables it is the same text for every resource. */
const parsed = new Memo(100, parseText)

/** Reads the text of a rule's `patchesJson6902`: JSON where it starts with a bracket, else YAML. Throws INVALID_PATCH. */
export function parseJsonPatch(text: string): JsonValue {
  return parsed.get(text)
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
