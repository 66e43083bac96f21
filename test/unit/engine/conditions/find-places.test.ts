import { describe, expect, test } from 'vitest'
import { createPlaceFinder, evaluateConditions, type Root } from '../../../../src/engine/conditions/index.ts'
import { substituteAll } from '../../../../src/engine/variables/substitute.ts'
import { compileJmesPath } from '../../../../src/expression/jmespath/index.ts'
import type { JsonValue } from '../../../../src/model/json.ts'

const object = {
  metadata: { name: 'shop', labels: { tier: 'web' } },
  spec: {
    tls: [],
    containers: [
      { name: 'a', image: 'good/a:1', securityContext: { privileged: true, capabilities: { add: ['KILL', 'SYS_TIME'] } } },
      { name: 'b', image: 'evil/b:1', securityContext: { privileged: false, capabilities: { add: ['NET_RAW'] } } },
    ],
  },
}
const environment = { now: 0, random: () => 0 }

function places(conditions: JsonValue, element?: { path: (string | number)[]; value: JsonValue }): string[] {
  const data = { request: { object }, ...(element && { element: element.value }) }
  const scope = { isDelete: false, query: (expression: string) => compileJmesPath(expression).search(data, environment) }
  const { holds, decisive } = evaluateConditions(conditions, (value) => substituteAll(value, scope))
  expect(holds).toBe(true)
  const roots: Root[] = [{ name: ['request', 'object'], path: [], value: object }, ...(element ? [{ name: ['element'] as const, ...element }] : [])]
  return createPlaceFinder()(decisive, roots).map(({ path, message }) => `${path.join('.')} ${message}`)
}

describe('where conditions looked', () => {
  test.each([
    ['a field', { key: '{{ request.object.metadata.labels.tier }}', operator: 'Equals', value: 'web' }, ["metadata.labels.tier is 'web'"]],
    ['a missing field', { key: "{{ request.object.metadata.labels.team || '' }}", operator: 'Equals', value: '' }, ['metadata.labels.team is missing']],
    ['only the items at fault', { key: '{{ request.object.spec.containers[].securityContext.capabilities.add[] }}', operator: 'AnyNotIn', value: ['KILL'] },
      ["spec.containers.0.securityContext.capabilities.add.1 is 'SYS_TIME'", "spec.containers.1.securityContext.capabilities.add.0 is 'NET_RAW'"]],
    ['booleans', { key: '{{ request.object.spec.containers[].securityContext.privileged }}', operator: 'AnyIn', value: [true] },
      ["spec.containers.0.securityContext.privileged is 'true'"]],
    ['what a function took', { key: '{{ length(request.object.spec.tls) }}', operator: 'Equals', value: 0 }, ["spec.tls is '[]'"]],
    ['the value, if the key has no variable', { key: 'web', operator: 'AnyIn', value: '{{ request.object.metadata.labels.* }}' }, ["metadata.labels.tier is 'web'"]],
    ['nothing of the resource', { key: 'a', operator: 'Equals', value: 'a' }, []],
  ] as const)('%s', (_name, condition, expected) => {
    expect(places({ any: [condition] } as unknown as JsonValue)).toEqual(expected)
  })

  test('in an element of a list', () => {
    const element = { path: ['spec', 'containers', 1], value: object.spec.containers[1] as JsonValue }
    expect(places([{ key: '{{ element.image }}', operator: 'NotEquals', value: 'good/*' }], element)).toEqual(["spec.containers.1.image is 'evil/b:1'"])
  })

  test('each place once', () => {
    const condition = { key: '{{ request.object.metadata.name }}', operator: 'Equals', value: 'shop' }
    expect(places({ all: [condition, condition] })).toEqual(["metadata.name is 'shop'"])
  })
})
