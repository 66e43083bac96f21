import { expect, test } from 'vitest'
import { unpackSchemas } from '../../../../src/kubernetes/schema/packed-schemas.ts'
import { schemaCatalog } from '../../../../src/kubernetes/schema/schema-catalog.ts'
import type { SchemaNode } from '../../../../src/kubernetes/schema/schema-node.ts'
import { restates } from '../../../../src/patch/strategic/patch-metadata.ts'

const catalog = schemaCatalog()
const mostDepth = 6

/** Whether an object here or below is replaced as a whole. */
function isReplacedBelow(schema: SchemaNode, depth = 0): boolean {
  return depth < mostDepth && schema.fieldNames.some((name) => {
    const field = schema.field(name) as SchemaNode
    return (field.type === 'object' && field.patchStrategies.includes('replace')) || isReplacedBelow(field.items ?? field, depth + 1)
  })
}

test('the types that patches always say something of are those with a field that is replaced', () => {
  const kinds = [...unpackSchemas().numbers.keys()].map((id) => id.split('/') as [string, string, string])
  const builtIn = kinds.flatMap(([group, version, kind]) => catalog.find(group, version, kind) ?? []).filter(({ custom, goType }) => !custom && goType !== undefined)
  expect(builtIn.length).toBeGreaterThan(50)
  expect(builtIn.filter(restates).map(({ goType }) => goType)).toEqual(builtIn.filter((schema) => isReplacedBelow(schema)).map(({ goType }) => goType))
  expect(builtIn.filter(restates).map(({ goType }) => goType)).toEqual(['policy.v1.PodDisruptionBudget'])
})
