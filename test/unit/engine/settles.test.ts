import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { settles, type CompiledPolicy } from '../../../src/engine/index.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { deepEquals } from '../../../src/values/equality.ts'
import { text } from '../../support/json-arbitrary.ts'
import { compileRules, evaluateOn, makeEnvironment, toResource } from '../../support/evaluation.ts'

const rule = (mutate: string): string => `- name: r\n  match: {any: [{resources: {kinds: [Deployment]}}]}\n  mutate: ${mutate}`
const deployment = (annotations: JsonObject, replicas = 1): JsonObject => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', annotations }, spec: { replicas, template: { spec: { containers: [{ name: 'c', image: 'x' }] } } },
})
const settlesOn = (policy: CompiledPolicy, object: JsonObject): boolean => settles(policy, { resource: toResource(object), operation: 'CREATE', namespaceLabels: {} }, makeEnvironment())

describe('settles', () => {
  test.each([
    ['sets a value', '{patchStrategicMerge: {metadata: {annotations: {a: b}}}}', true],
    ['sets a value once', '{patchStrategicMerge: {metadata: {annotations: {+(a): b}}}}', true],
    ['does nothing', '{patchStrategicMerge: {metadata: {annotations: {(none): b}}}}', true],
    ['appends each time', '{patchesJson6902: \'[{"op":"add","path":"/spec/template/spec/containers/-","value":{"name":"y"}}]\'}', false],
    ['prepends to what is there', '{patchStrategicMerge: {metadata: {annotations: {a: "x{{request.object.metadata.annotations.a}}"}}}}', false],
    ['counts', '{patchStrategicMerge: {spec: {replicas: "{{ add(request.object.spec.replicas, `1`) }}"}}}', false],
  ])('a policy that %s', (_name, mutate, expected) => {
    expect(settlesOn(compileRules(rule(mutate)), deployment({ a: '' }))).toBe(expected)
  })

  const policies = [
    '{patchStrategicMerge: {metadata: {annotations: {a: b}}, spec: {template: {spec: {containers: [{(name): "*", imagePullPolicy: Always}]}}}}}',
    '{patchesJson6902: "- {op: add, path: /metadata/annotations/b, value: \\"{{request.object.metadata.annotations.a}}{{request.object.metadata.annotations.a}}\\"}"}',
    '{foreach: [{list: "request.object.spec.template.spec.containers", patchStrategicMerge: {spec: {template: {spec: {containers: [{(name): "{{element.name}}", image: "reg/{{element.image}}"}]}}}}}]}',
    '{patchesJson6902: "- {op: add, path: /spec/list/0, value: x}"}',
  ].map((mutate) => compileRules(rule(mutate)))

  test('mutating twice is mutating once, or it is said', () => {
    fc.assert(fc.property(fc.constantFrom(...policies), text, fc.integer({ min: 0, max: 5 }), (policy, annotation, replicas) => {
      const object = deployment({ a: annotation }, replicas)
      const once = evaluateOn(object, [policy]).resource.object
      const twice = evaluateOn(once, [policy]).resource.object
      expect(settlesOn(policy, object)).toBe(deepEquals(once, twice))
    }))
  })
})
