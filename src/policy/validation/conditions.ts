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
    checkBlock(field(document, 'preconditions'), [...path, 'preconditions'], problems)
    const isConditional = field(document, 'preconditions') !== undefined
    for (const body of ['validate', 'mutate']) {
      const owner = objectField(document, body)
      if (owner) checkOwner(owner, { path: [...path, body], isConditional }, problems)
    }
  }
}

/** Where checks stand, and whether preconditions narrow what they are held against. */
interface OwnerPlace {
  readonly path: FieldPath
  readonly isConditional: boolean
}

function checkOwner(owner: JsonObject, place: OwnerPlace, problems: ProblemCollector): void {
  const deny = objectField(owner, 'deny')
  if (deny) checkDeny(deny, { ...place, path: [...place.path, 'deny'] }, problems)
  objectsField(owner, 'foreach').forEach((entry, index) => {
    const path = [...place.path, 'foreach', index]
    const preconditions = field(entry, 'preconditions')
    checkBlock(preconditions, [...path, 'preconditions'], problems)
    checkOwner(entry, { path, isConditional: place.isConditional || preconditions !== undefined }, problems)
  })
}

function checkDeny(deny: JsonObject, { path, isConditional }: OwnerPlace, problems: ProblemCollector): void {
  const conditions = field(deny, 'conditions')
  // After preconditions it is the idiom for "and then deny".
  if (!isConditional && (conditions === undefined || (isJsonObject(conditions) && Object.keys(conditions).length === 0))) {
    problems.warning(path, 'ALWAYS_DENIES', 'deny without conditions denies everything that the rule matches')
  } else if (isJsonObject(conditions) && isJsonArray(conditions['any']) && conditions['any'].length === 0) {
    problems.warning([...path, 'conditions', 'any'], 'NEVER_DENIES', 'an empty any never holds, so this deny never denies')
  }
  checkBlock(conditions, [...path, 'conditions'], problems)
}

function checkBlock(block: JsonValue | undefined, path: FieldPath, problems: ProblemCollector): void {
  if (isJsonArray(block)) checkList(block, path, problems)
  else if (isJsonObject(block)) for (const form of ['any', 'all']) if (isJsonArray(block[form])) checkList(block[form], [...path, form], problems)
}

function checkList(list: readonly JsonValue[], path: FieldPath, problems: ProblemCollector): void {
  list.forEach((condition, index) => {
    if (isJsonObject(condition)) checkCondition(condition, [...path, index], problems)
  })
}

function checkCondition(condition: JsonObject, path: FieldPath, problems: ProblemCollector): void {
  const [key, value, operator] = [field(condition, 'key'), field(condition, 'value'), field(condition, 'operator')]
  const missing = Object.entries({ key, operator: operator === '' ? undefined : operator, value }).filter(([, part]) => part === undefined).map(([name]) => name)
  if (missing.length > 0) problems.error(path, 'INVALID_CONDITION', `a condition needs key, operator and value; ${missing.join(' and ')} is missing`)
  else if (typeof operator === 'string' && !everyOperator.includes(operator)) {
    const close = closestName(operator, everyOperator)
    problems.error([...path, 'operator'], 'UNKNOWN_OPERATOR', `there is no operator "${operator}"${close === undefined ? '' : `; did you mean "${close}"?`}`)
  }
  if (typeof key === 'string' && key.replaceAll(' ', '') === '{{request.operation}}') checkOperations(value, [...path, 'value'], problems)
}

function checkOperations(value: JsonValue | undefined, path: FieldPath, problems: ProblemCollector): void {
  if (typeof value === 'string' && value.startsWith('{{') && value.endsWith('}}')) return
  const wanted = isJsonArray(value) ? value : [value]
  for (const item of wanted) {
    if (typeof item !== 'string' || !operations.includes(item)) {
      problems.error(path, 'INVALID_CONDITION', `request.operation is one of ${operations.join(', ')}, never ${JSON.stringify(item)}`)
    }
  }
}
