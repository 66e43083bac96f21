// Kyverno: pkg/validation/policy/validate.go (validateJSONPatch, validateJSONPatchPathForForwardSlash, jsonPatchPathHasVariables)
import { EvaluationError } from '../../model/errors.ts'
import type { FieldPath } from '../../model/source.ts'
import { readJsonPatch, type WrittenOperation } from '../../patch/json-patch.ts'
import { parseJsonPatch } from '../../patch/parse-json-patch.ts'
import type { ProblemCollector } from '../problem-collector.ts'

const variables = /(^|[^\\])\{\{(?:\{[^{}]*\}|[^{}])*\}\}/g

/** Checks a rule's JSON patch, in which anything may stand for a variable. Those of foreach are Kyverno's business only when they are applied. */
export function checkJsonPatch(text: string, path: FieldPath, problems: ProblemCollector): void {
  const refuse = (message: string): void => problems.error(path, 'INVALID_PATCH', message)
  const operations = read(text.replace(variables, '$1variable'))
  if (operations instanceof EvaluationError) return refuse(operations.message)
  for (const { op, path: target, value } of operations) {
    if (!target.startsWith('/')) refuse(`the path of a JSON patch begins with a slash, not as in "${target}"`)
    if (op === 'test' && value === undefined) refuse('a test needs a value')
  }
  const written = read(text)
  if (!(written instanceof EvaluationError) && written.some((operation) => operation.path.search(variables) >= 0)) {
    refuse('variables cannot stand in the path of a JSON patch, except in foreach')
  }
}

function read(text: string): readonly WrittenOperation[] | EvaluationError {
  try {
    return readJsonPatch(parseJsonPatch(text))
  } catch (error) {
    if (error instanceof EvaluationError) return error
    throw error
  }
}
