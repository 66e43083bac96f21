// Kyverno: pkg/autogen/v1/rule.go (generateRule)
import { isJsonArray, type JsonObject, type JsonValue } from '../../model/json.ts'
import { field, objectField, objectsField, textField, textsField } from '../read-fields.ts'
import { toFullNames } from './controllers.ts'
import { shiftReferences } from './shift-references.ts'

/** What a rule for Pods is turned into. */
export interface GenerationTarget {
  readonly name: string
  /** The field of the spec that the Pod's template lies under. */
  readonly templateKey: 'template' | 'jobTemplate'
  /** The same as a path in `$(…)` references. */
  readonly shift: string
  readonly kinds: readonly string[]
  /** Which of several filters get the kinds. */
  replacesKinds(kinds: readonly string[]): boolean
}

/** The rule for controllers; nothing where the rule's body does not carry over. */
export function generateRule(rule: JsonObject, target: GenerationTarget): JsonObject | undefined {
  const body = generateBody(rule, target)
  if (body === undefined) return undefined
  const kept = Object.fromEntries(['skipBackgroundRequests', 'reportProperties', 'celPreconditions', 'context', 'preconditions']
    .flatMap((name) => (field(rule, name) === undefined ? [] : [[name, rule[name] as JsonValue]])))
  const exclude = objectField(rule, 'exclude')
  return {
    name: target.name,
    match: replaceKinds(objectField(rule, 'match') ?? {}, target, true),
    ...(exclude ? { exclude: replaceKinds(exclude, target, false) } : {}),
    ...kept,
    ...body,
  }
}

function replaceKinds(block: JsonObject, target: GenerationTarget, always: boolean): JsonObject {
  for (const form of ['any', 'all']) {
    const filters = objectsField(block, form)
    if (filters.length > 0) return { ...block, [form]: filters.map((filter) => (target.replacesKinds(kindsOf(filter)) ? withKinds(filter, target) : filter)) }
  }
  return always || kindsOf(block).length > 0 ? withKinds(block, target) : block
}

function kindsOf(filter: JsonObject): readonly string[] {
  return textsField(objectField(filter, 'resources') ?? {}, 'kinds')
}

function withKinds(filter: JsonObject, { kinds }: GenerationTarget): JsonObject {
  return { ...filter, resources: { ...objectField(filter, 'resources'), kinds: toFullNames(kinds) } }
}

function generateBody(rule: JsonObject, target: GenerationTarget): JsonObject | undefined {
  const mutate = objectField(rule, 'mutate')
  const mutation = mutate && generateMutation(mutate, target)
  if (mutation) return { mutate: mutation }
  const validate = objectField(rule, 'validate')
  const validation = validate && generateValidation(validate, target)
  if (validation) return { validate: validation }
  const images = objectsField(rule, 'verifyImages')
  return images.length > 0 ? { verifyImages: images } : undefined
}

function wrap(value: JsonValue, { templateKey }: GenerationTarget): JsonObject {
  return { spec: { [templateKey]: value } }
}

function generateMutation(mutate: JsonObject, target: GenerationTarget): JsonObject | undefined {
  const patch = field(mutate, 'patchStrategicMerge')
  if (patch !== undefined) return { patchStrategicMerge: wrap(patch, target) }
  const foreach = objectsField(mutate, 'foreach')
  if (foreach.length === 0) return undefined
  // Order and nested entries are lost in Kyverno too.
  return {
    foreach: foreach.map((entry) => ({
      ...Object.fromEntries(['list', 'context', 'preconditions'].flatMap((name) => (field(entry, name) === undefined ? [] : [[name, entry[name] as JsonValue]]))),
      patchStrategicMerge: wrap(field(entry, 'patchStrategicMerge') ?? null, target),
    })),
  }
}

function generateValidation(validate: JsonObject, target: GenerationTarget): JsonObject | undefined {
  const pattern = field(validate, 'pattern')
  if (pattern !== undefined) return withMessage(validate, target, 'pattern', { pattern: wrap(pattern, target) })
  const deny = field(validate, 'deny')
  if (deny !== undefined) return withMessage(validate, target, 'deny', { deny })
  const podSecurity = field(validate, 'podSecurity')
  if (podSecurity !== undefined) return withMessage(validate, target, 'podSecurity', { podSecurity })
  const patterns = field(validate, 'anyPattern')
  if (patterns !== undefined) {
    return withMessage(validate, target, 'anyPattern', { anyPattern: isJsonArray(patterns) ? patterns.map((item) => wrap(item, target)) : null })
  }
  const foreach = objectsField(validate, 'foreach')
  if (foreach.length > 0) return withMessage(validate, target, 'pattern', { foreach })
  const cel = objectField(validate, 'cel')
  return cel && Object.keys(cel).length > 0 ? validate : undefined
}

function withMessage(validate: JsonObject, { shift }: GenerationTarget, pivot: string, check: JsonObject): JsonObject {
  const message = textField(validate, 'message') ?? ''
  const kept = ['failureAction', 'failureActionOverrides', 'allowExistingViolations'].filter((name) => field(validate, name) !== undefined)
  return {
    ...(message === '' ? {} : { message: shiftReferences(message, shift, pivot) }),
    ...Object.fromEntries(kept.map((name) => [name, validate[name] as JsonValue])),
    ...check,
  }
}
