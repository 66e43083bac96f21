// Kyverno: pkg/validation/policy/validate.go (validateRuleContext)
import { compileJmesPath } from '../../expression/jmespath/index.ts'
import { EvaluationError } from '../../model/errors.ts'
import type { JsonObject } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import type { FieldPath } from '../../model/source.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { field, objectField, objectsField, textField } from '../read-fields.ts'
import { writtenRules } from './rule-walk.ts'

const reserved = ['images', 'request', 'serviceAccountName', 'serviceAccountNamespace', 'element', 'elementIndex']

/** The context entries of rules. */
export function checkContextEntries(policy: RulePolicy, problems: ProblemCollector): void {
  for (const { document, path } of writtenRules(policy)) {
    const entries = objectsField(document, 'context')
    if (entries.length > 0 && objectField(objectField(document, 'validate') ?? {}, 'cel')) {
      problems.error([...path, 'context'], 'INVALID_CONTEXT', 'context entries cannot be used in CEL rules; use cel.variables')
    }
    entries.forEach((entry, index) => checkEntry(entry, [...path, 'context', index], problems))
  }
}

function checkEntry(entry: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  const name = textField(entry, 'name') ?? ''
  const taken = reserved.find((word) => name === word || name.startsWith(`${word}.`))
  if (name === '') problems.error(path, 'INVALID_CONTEXT', 'a context entry needs a name')
  if (taken !== undefined) problems.error([...path, 'name'], 'INVALID_CONTEXT', `the name "${name}" is taken: "${taken}" is always there`)
  const [configMap, variable, apiCall] = [objectField(entry, 'configMap'), objectField(entry, 'variable'), objectField(entry, 'apiCall')]
  if (configMap && ['name', 'namespace'].some((key) => (textField(configMap, key) ?? '') === '')) {
    problems.error([...path, 'configMap'], 'INVALID_CONTEXT', 'a configMap entry needs a name and a namespace')
  }
  if (variable) checkVariable(variable, [...path, 'variable'], problems)
  if (apiCall) checkApiCall(apiCall, [...path, 'apiCall'], problems)
}

function checkApiCall(apiCall: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  checkExpression(apiCall, path, problems)
  if (textField(apiCall, 'urlPath') !== undefined && objectField(apiCall, 'service')) {
    problems.error(path, 'INVALID_CONTEXT', 'urlPath and service cannot be used together')
  }
}

function checkVariable(variable: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  const expression = textField(variable, 'jmesPath') ?? ''
  if (expression === '' && field(variable, 'value') === undefined) problems.error(path, 'INVALID_CONTEXT', 'a variable needs a value or a jmesPath expression')
  if (expression === '' && field(variable, 'default') !== undefined) problems.error(path, 'INVALID_CONTEXT', 'a default makes sense only beside a jmesPath expression')
  checkExpression(variable, path, problems)
}

/** An expression with variables in it is known only when it is used. */
function checkExpression(owner: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  const expression = textField(owner, 'jmesPath') ?? ''
  if (expression === '' || expression.includes('{{')) return
  try {
    compileJmesPath(expression)
  } catch (error) {
    if (!(error instanceof EvaluationError)) throw error
    problems.error([...path, 'jmesPath'], 'INVALID_EXPRESSION', `"${expression}" is no JMESPath expression: ${error.message}`)
  }
}
