// Kyverno: pkg/validation/policy/validate.go (validateConditions, validateOperator, validateConditionValuesKeyRequestOperation)
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { RulePolicy } from '../../model/policy.ts'
import type { FieldPath } from '../../model/source.ts'
import { closestName } from '../../values/closest-name.ts'
import type { ProblemCollector } from '../problem-collector.ts'
import { field, objectField, objectsField } from '../read-fields.ts'
import { everyOperator } from '../schema/condition-schemas.ts'
import { writtenRules } from './rule-walk.ts'

const operations = ['CREATE', 'UPDATE', 'DELETE', 'CONNECT']

/** Preconditions and deny conditions of rules and foreach entries. */
export function checkConditions(policy: RulePolicy, problems: ProblemCollector): void {
  for (const { document, path } of writtenRules(policy)) {
    checkBlock(field(document, 'preconditions'), { path: [...path, 'preconditions'], inForeach: false }, problems)
    const isConditional = field(document, 'preconditions') !== undefined
    for (const body of ['validate', 'mutate']) {
      const owner = objectField(document, body)
      if (owner) checkOwner(owner, { path: [...path, body], isConditional, inForeach: false }, problems)
    }
  }
}

/** Where conditions stand. In a foreach Kyverno looks at operators alone, and a side that is missing is null. */
interface Place {
  readonly path: FieldPath
  readonly inForeach: boolean
}

/** Where checks stand, and whether preconditions narrow what they are held against. */
interface OwnerPlace extends Place {
  readonly isConditional: boolean
}

function checkOwner(owner: JsonObject, place: OwnerPlace, problems: ProblemCollector): void {
  const deny = objectField(owner, 'deny')
  if (deny) checkDeny(deny, { ...place, path: [...place.path, 'deny'] }, problems)
  objectsField(owner, 'foreach').forEach((entry, index) => {
    const path = [...place.path, 'foreach', index]
    const preconditions = field(entry, 'preconditions')
    checkBlock(preconditions, { path: [...path, 'preconditions'], inForeach: true }, problems)
    checkOwner(entry, { path, inForeach: true, isConditional: place.isConditional || preconditions !== undefined }, problems)
  })
}

function checkDeny(deny: JsonObject, { path, isConditional, inForeach }: OwnerPlace, problems: ProblemCollector): void {
  const conditions = field(deny, 'conditions')
  // After preconditions it is the idiom for "and then deny".
  if (!isConditional && (conditions === undefined || (isJsonObject(conditions) && Object.keys(conditions).length === 0))) {
    problems.warning(path, 'ALWAYS_DENIES', 'deny without conditions denies everything that the rule matches')
  } else if (isJsonObject(conditions) && isJsonArray(conditions['any']) && conditions['any'].length === 0) {
    problems.warning([...path, 'conditions', 'any'], 'NEVER_DENIES', 'an empty any never holds, so this deny never denies')
  }
  checkBlock(conditions, { path: [...path, 'conditions'], inForeach }, problems)
}

function checkBlock(block: JsonValue | undefined, place: Place, problems: ProblemCollector): void {
  const { path } = place
  if (isJsonArray(block)) checkList(block, place, problems)
  else if (isJsonObject(block)) for (const form of ['any', 'all']) if (isJsonArray(block[form])) checkList(block[form], { ...place, path: [...path, form] }, problems)
}

function checkList(list: readonly JsonValue[], place: Place, problems: ProblemCollector): void {
  list.forEach((condition, index) => {
    if (isJsonObject(condition)) checkCondition(condition, { ...place, path: [...place.path, index] }, problems)
  })
}

function checkCondition(condition: JsonObject, { path, inForeach }: Place, problems: ProblemCollector): void {
  const [key, value, operator] = [field(condition, 'key'), field(condition, 'value'), field(condition, 'operator')]
  const severity = inForeach ? 'warning' : 'error'
  const missing = Object.entries({ key, operator: operator === '' ? undefined : operator, value }).filter(([, part]) => part === undefined).map(([name]) => name)
  if (missing.length > 0) {
    problems[missing.includes('operator') ? 'error' : severity](path, 'INVALID_CONDITION', `a condition needs key, operator and value; ${missing.join(' and ')} is missing`)
  } else if (typeof operator === 'string' && !everyOperator.includes(operator)) {
    const close = closestName(operator, everyOperator)
    problems.error([...path, 'operator'], 'UNKNOWN_OPERATOR', `there is no operator "${operator}"${close === undefined ? '' : `; did you mean "${close}"?`}`)
  }
  if (typeof key === 'string' && key.replaceAll(' ', '') === '{{request.operation}}' && !isKnownOperation(value)) {
    problems[severity]([...path, 'value'], 'INVALID_CONDITION', `request.operation is one of ${operations.join(', ')}, never ${JSON.stringify(value)}`)
  }
}

function isKnownOperation(value: JsonValue | undefined): boolean {
  if (typeof value === 'string' && value.startsWith('{{') && value.endsWith('}}')) return true
  return (isJsonArray(value) ? value : [value]).every((item) => typeof item === 'string' && operations.includes(item))
}
