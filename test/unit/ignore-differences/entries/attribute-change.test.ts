import { expect, test } from 'vitest'
import { attributeChange, type StateStep } from '../../../../src/ignore-differences/index.ts'
import type { FieldSelector } from '../../../../src/ignore-differences/entries/field-selector.ts'
import type { JsonObject } from '../../../../src/model/json.ts'

const target: JsonObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p' }, spec: { priority: 1, containers: [{ name: 'a', image: 'x' }, { name: 'b', image: 'x' }] } }
const spec = target['spec'] as JsonObject
const item: FieldSelector = ['spec', 'containers', { fields: { name: 'a' } }]

test.each<[name: string, after: JsonObject, selector: FieldSelector, touches: boolean]>([
  ['elsewhere, what it shares', { ...target, metadata: { name: 'p', labels: { a: 'b' } } }, ['spec', 'priority'], false],
  ['elsewhere, what it does not share', structuredClone({ ...target, metadata: { name: 'p', labels: { a: 'b' } } }), ['spec', 'priority'], false],
  ['the place', { ...target, spec: { ...spec, priority: 2 } }, ['spec', 'priority'], true],
  ['below the place', { ...target, spec: { ...spec, priority: 2 } }, ['spec'], true],
  ['above the place', { ...target, spec: null }, ['spec', 'priority'], true],
  ['the place that it takes away', { ...target, spec: { containers: spec['containers'] ?? null } }, ['spec', 'priority'], true],
  ['the map around the place that it makes', { ...target, status: { phase: 'a' } }, ['status', 'phase'], true],
  ['a list that it shares', { ...target, spec: { ...spec, priority: 2 } }, [...item, 'image'], false],
  ['the item', { ...target, spec: { ...spec, containers: [{ name: 'a', image: 'y' }, { name: 'b', image: 'x' }] } }, [...item, 'image'], true],
  ['another item', { ...target, spec: { ...spec, containers: [{ name: 'a', image: 'x' }, { name: 'b', image: 'y' }] } }, [...item, 'image'], false],
])('a step that changes %s', (_, after, selector, touches) => {
  const step: StateStep = { cause: { kind: 'mutation', policy: 'ClusterPolicy p' }, before: target, after }
  expect(attributeChange(selector, { steps: [step], target, liveWithout: () => target })).toEqual([touches ? step.cause : { kind: 'unknown' }])
})
