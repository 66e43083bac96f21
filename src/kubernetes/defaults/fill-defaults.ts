import type { JsonValue } from '../../model/json.ts'
import type { SchemaNode } from '../schema/schema-node.ts'
import type { DefaultsContext } from './defaults-context.ts'
import { toDraft, isDraft, isEmpty, put, type Draft, type DraftValue } from './draft.ts'
import { emptyFieldRules } from './encode-object.ts'
import { roundAmount } from './round-amount.ts'
import { fieldDefaults } from './types/field-defaults.ts'
import { typeConversions } from './types/conversions.ts'
import { typeDefaults } from './types/index.ts'

interface DeclaredDefault {
  readonly name: string
  readonly value: JsonValue
  readonly pointer: boolean
}

interface Plan {
  /** Structs that are always there, and so get their defaults even when nobody wrote them. */
  readonly structs: readonly string[]
  readonly declared: readonly DeclaredDefault[]
  /** Whether this is a map of resources to their amounts. */
  readonly amounts: boolean
}

const plans = new WeakMap<SchemaNode, Plan>()

/** Fills in what the API server does for built-in kinds, type by type, from the root down. Works in place. */
export function fillDefaults(schema: SchemaNode, draft: Draft, context: DefaultsContext): void {
  applyRules(schema, draft, context)
  const { structs, declared, amounts } = planOf(schema)
  if (amounts) roundAmounts(draft)
  for (const name of structs) if (!isDraft(draft[name])) draft[name] = {}
  for (const { name, value, pointer } of declared) {
    if (pointer ? !Object.hasOwn(draft, name) : isEmpty(draft[name])) draft[name] = toDraft(value)
  }
  for (const key in draft) {
    const child = schema.child(key)
    if (child !== undefined) fillValue(child, draft[key] as DraftValue, context)
  }
}

function roundAmounts(draft: Draft): void {
  for (const [key, amount] of Object.entries(draft)) if (typeof amount === 'string') put(draft, key, roundAmount(amount))
}

function applyRules({ goType }: SchemaNode, draft: Draft, context: DefaultsContext): void {
  if (goType === undefined) return
  typeDefaults.get(goType)?.(draft, context)
  if (context.schemeOnly !== true) typeConversions.get(goType)?.(draft, context)
}

/** What is stored is decoded, and so defaulted, once more: that shows in what creation reset and in what the kind's own rule sees. */
export function refillDefaults(schema: SchemaNode, draft: Draft, context: DefaultsContext): void {
  applyRules(schema, draft, context)
  const status = schema.field('status')
  if (status !== undefined && draft['status'] !== undefined) fillValue(status, draft['status'], context)
}

function fillValue(schema: SchemaNode, value: DraftValue, context: DefaultsContext): void {
  if (isDraft(value)) fillDefaults(schema, value, context)
  else if (Array.isArray(value) && schema.items !== undefined) for (const item of value) fillValue(schema.items, item, context)
}

function planOf(schema: SchemaNode): Plan {
  const known = plans.get(schema)
  if (known !== undefined) return known
  const ofType = fieldDefaults.get(schema.goType ?? '') ?? {}
  const plan: Plan = {
    amounts: schema.additional?.format === 'quantity',
    structs: emptyFieldRules(schema).flatMap(({ name, rule, schema: field }) => (rule === 'print' && field.type === 'object' && field.declaresFields ? [name] : [])),
    declared: schema.fieldNames.flatMap((name) => {
      const field = schema.field(name) as SchemaNode
      const pointer = field.emptyField === undefined || field.emptyField === 'null'
      const value = Object.hasOwn(ofType, name) ? ofType[name] : declaredDefault(schema, field, pointer)
      return value === undefined ? [] : [{ name, value, pointer }]
    }),
  }
  plans.set(schema, plan)
  return plan
}

/**
 * The published documents give every field that is no pointer its zero value as a default: that is the encoder's business. A default
 * of a pointer means itself, where the Go type is known.
 */
function declaredDefault(schema: SchemaNode, { defaultValue }: SchemaNode, pointer: boolean): JsonValue | undefined {
  if (pointer) return schema.goType === undefined ? undefined : defaultValue
  return defaultValue === '' || defaultValue === 0 || defaultValue === false || JSON.stringify(defaultValue) === '{}' ? undefined : defaultValue
}
