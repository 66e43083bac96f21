import { expect, test } from 'vitest'
import { toDraft, type Draft } from '../../../../src/kubernetes/defaults/draft.ts'
import { fillDefaults } from '../../../../src/kubernetes/defaults/fill-defaults.ts'
import { rewrittenFields } from '../../../../src/kubernetes/defaults/types/rewritten-fields.ts'
import { unpackSchemas } from '../../../../src/kubernetes/schema/packed-schemas.ts'
import { schemaCatalog } from '../../../../src/kubernetes/schema/schema-catalog.ts'
import type { SchemaNode } from '../../../../src/kubernetes/schema/schema-node.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../../src/model/json.ts'

const catalog = schemaCatalog()
const maxDepth = 9

interface Choice {
  readonly text: string
  readonly number: number
}

/** A value that sets every field, down to where types contain themselves. */
function fill(schema: SchemaNode, choice: Choice, depth = 0): JsonValue | undefined {
  if (depth > maxDepth) return undefined
  if (schema.items !== undefined) {
    const items = [0, 1].map((index) => fill(schema.items as SchemaNode, { ...choice, text: `${choice.text}${index === 0 ? '' : index}` }, depth + 1))
    return items.every((item) => item !== undefined) ? items : undefined
  }
  if (schema.type === 'object') return fillObject(schema, choice, depth)
  if (schema.type === 'boolean') return true
  if (schema.type === 'integer' || schema.type === 'number') return choice.number
  return schema.format === 'quantity' ? '3' : choice.text
}

function fillObject(schema: SchemaNode, choice: Choice, depth: number): JsonObject {
  const names = schema.declaresFields ? schema.fieldNames : ['key']
  return Object.fromEntries(names.flatMap((name) => {
    const child = schema.child(name)
    const value = child && fill(child, choice, depth + 1)
    return value === undefined ? [] : [[name, value]]
  }))
}

/** Where a value that was set is another one now. */
function findChanged(before: JsonValue, after: JsonValue | undefined, schema: SchemaNode | undefined, path: string): readonly string[] {
  if (isJsonObject(before)) {
    const allowed = rewrittenFields.get(schema?.goType ?? '')
    return Object.keys(before).filter((key) => allowed?.has(key) !== true)
      .flatMap((key) => findChanged(before[key] as JsonValue, isJsonObject(after) ? after[key] : undefined, schema?.child(key), `${path}.${key}`))
  }
  if (isJsonArray(before)) return before.flatMap((item, index) => findChanged(item, isJsonArray(after) ? after[index] : undefined, schema?.items, `${path}[${index}]`))
  return before === after ? [] : [path]
}

const kinds = [...unpackSchemas().numbers.keys()].map((id) => id.split('/') as [string, string, string])
  .flatMap(([group, version, kind]) => {
    const schema = catalog.find(group, version, kind)
    return schema === undefined || schema.custom ? [] : [{ id: `${group}/${version}/${kind}`, schema }]
  })
const choices: readonly Choice[] = ['None', 'ClientIP', 'RollingUpdate', 'NodePort', 'Container', 'x'].flatMap((text) => [7, -7].map((number) => ({ text, number })))

test('defaults leave what is set as it is, but for the fields that are named', () => {
  expect(kinds.length).toBeGreaterThan(50)
  const changed = kinds.flatMap(({ id, schema }) => choices.flatMap((choice) => {
    const object = fill(schema, choice) as JsonObject
    const draft = toDraft(object) as Draft
    fillDefaults(schema, draft, { minor: catalog.minor, schemeOnly: true })
    return findChanged(object, draft as JsonObject, schema, id)
  }))
  expect(changed).toEqual([])
})

test('each field that is named is one that is changed', () => {
  const specs = { 'core.v1.Namespace': 'Namespace', 'core.v1.PodSpec': 'Pod', 'core.v1.ServiceSpec': 'Service' } as const
  for (const type of rewrittenFields.keys()) expect(Object.keys(specs)).toContain(type)
  for (const kind of Object.values(specs)) {
    const schema = catalog.find('', 'v1', kind) as SchemaNode
    const object = fill(schema, { text: 'None', number: -7 }) as JsonObject
    const draft = toDraft({ ...object, ...(kind === 'Namespace' ? { metadata: { name: 'a', labels: { 'kubernetes.io/metadata.name': 'b' } } } : {}) }) as Draft
    const before = structuredClone(draft)
    fillDefaults(schema, draft, { minor: catalog.minor, schemeOnly: true })
    expect(draft).not.toEqual(before)
  }
})
