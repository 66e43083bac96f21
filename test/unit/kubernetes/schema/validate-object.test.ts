import { describe, expect, test } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../src/model/json.ts'
import { schemaCatalog, schemaFor, withCustomResources } from '../../../../src/kubernetes/schema/schema-catalog.ts'
import { validateObject } from '../../../../src/kubernetes/schema/validate-object.ts'

const deployment = schemaFor('apps', 'v1', 'Deployment', '1.33')!
const container = (fields: JsonObject): JsonObject => ({ spec: { selector: {}, template: { spec: { containers: [{ name: 'a', ...fields }] } } } })
const codes = (object: JsonValue) => validateObject(deployment, object).map(({ code, path }) => `${code} ${path.join('.')}`)
const inContainer = 'spec.template.spec.containers.0'

describe('built-in kinds', () => {
  test.each<[string, JsonObject, string[]]>([
    ['a sound container', { image: 'x', ports: [{ containerPort: 80 }], resources: { limits: { cpu: 1, memory: '1Gi' } } }, []],
    ['an unknown field', { imagePullpolicy: 'Always' }, [`UNKNOWN_FIELD ${inContainer}.imagePullpolicy`]],
    ['a list where a text is due', { image: ['x'] }, [`WRONG_TYPE ${inContainer}.image`]],
    ['a text where a number is due', { ports: [{ containerPort: '80' }] }, [`WRONG_TYPE ${inContainer}.ports.0.containerPort`]],
    ['a number beyond 32 bits', { ports: [{ containerPort: 2 ** 31 }] }, [`WRONG_TYPE ${inContainer}.ports.0.containerPort`]],
    ['a fraction', { ports: [{ containerPort: 80.5 }] }, [`WRONG_TYPE ${inContainer}.ports.0.containerPort`]],
    ['a missing field', { ports: [{ name: 'web' }] }, [`MISSING_FIELD ${inContainer}.ports.0.containerPort`]],
    ['null is as good as absent', { image: null, ports: null }, []],
    ['a value outside the enumeration', { imagePullPolicy: 'always' }, [`UNSUPPORTED_VALUE ${inContainer}.imagePullPolicy`]],
    ['an empty text where values are enumerated', { imagePullPolicy: '' }, []],
    ['what is no quantity', { resources: { limits: { cpu: 'much' } } }, [`WRONG_TYPE ${inContainer}.resources.limits.cpu`]],
    ['integer or string', { livenessProbe: { httpGet: { port: 'web' } }, readinessProbe: { httpGet: { port: 80 } } }, []],
    ['neither integer nor string', { livenessProbe: { httpGet: { port: true } } }, [`WRONG_TYPE ${inContainer}.livenessProbe.httpGet.port`]],
    ['the same port twice', { ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'TCP' }] }, [`DUPLICATE_ITEM ${inContainer}.ports.1`]],
    ['names from the prototype are unknown', { constructor: 1 }, [`UNKNOWN_FIELD ${inContainer}.constructor`]],
  ])('%s', (_, fields, expected) => {
    expect(codes(container(fields))).toEqual(expected)
  })

  test('nobody asks for what a status lacks, nor for a false that Go assumes', () => {
    const autoscaler = schemaFor('autoscaling', 'v2', 'HorizontalPodAutoscaler')!
    expect(validateObject(autoscaler, { spec: { maxReplicas: 2, scaleTargetRef: { kind: 'Deployment', name: 'a' } }, status: {} })).toEqual([])
    const definition = schemaFor('apiextensions.k8s.io', 'v1', 'CustomResourceDefinition')!
    expect(validateObject(definition, { spec: { group: 'a.dev', scope: 'Cluster', names: { kind: 'A', plural: 'as' }, versions: [{ name: 'v1', storage: true }] } })).toEqual([])
  })

  test('a misspelt field suggests the right one', () => {
    const [violation] = validateObject(deployment, container({ imagePullpolicy: 'Always' }))
    expect(violation).toMatchObject({ suggestion: 'imagePullPolicy', message: 'unknown field "imagePullpolicy": do you mean "imagePullPolicy"?' })
    const [other] = validateObject(deployment, container({ zzzzzz: 1 }))
    expect(other).not.toHaveProperty('suggestion')
  })

  test('unknown fields can be let pass', () => {
    expect(validateObject(deployment, container({ zzzzzz: 1 }), { unknownFields: false })).toEqual([])
  })

  test('fields come with versions', () => {
    const pod = (version: string) => validateObject(schemaFor('', 'v1', 'Pod', version)!, { spec: { containers: [{ name: 'a', restartPolicyRules: [] }] } }).length
    expect([pod('1.33'), pod('1.35')]).toEqual([1, 0])
  })

  test('formats of times and bytes', () => {
    const secret = schemaFor('', 'v1', 'Secret')!
    const check = (object: JsonObject) => validateObject(secret, object).map(({ code }) => code)
    expect(check({ data: { a: 'aGk=' }, metadata: { creationTimestamp: '2026-01-31T10:00:00Z' } })).toEqual([])
    expect(check({ data: { a: 'a b' }, metadata: { creationTimestamp: '2026-01-32T10:00:00Z' } })).toEqual(['INVALID_FORMAT', 'INVALID_FORMAT'])
  })
})

describe('custom resources', () => {
  const definition = (schema: JsonObject): JsonObject => ({
    spec: { group: 'example.dev', names: { kind: 'Widget', plural: 'widgets' }, versions: [{ name: 'v1', served: true, schema: { openAPIV3Schema: schema } }] },
  })
  const check = (spec: JsonObject, object: JsonObject) => {
    const catalog = withCustomResources(schemaCatalog('1.33'), [definition({ type: 'object', properties: { spec } })])
    return validateObject(catalog.find('example.dev', 'v1', 'Widget')!, { apiVersion: 'example.dev/v1', kind: 'Widget', ...object }).map(({ code }) => code)
  }
  test.each<[string, JsonObject, JsonValue, string[]]>([
    ['bounds', { type: 'integer', minimum: 1, maximum: 3 }, 4, ['INVALID_VALUE']],
    ['an exclusive bound', { type: 'integer', minimum: 1, exclusiveMinimum: true }, 1, ['INVALID_VALUE']],
    ['a pattern, matched anywhere', { type: 'string', pattern: 'a+b' }, 'xaaby', []],
    ['a pattern that does not match', { type: 'string', pattern: '^a+b$' }, 'xaaby', ['INVALID_VALUE']],
    ['characters, not code units', { type: 'string', maxLength: 1 }, '😀', []],
    ['null, not nullable: the API server takes it out', { type: 'string' }, null, []],
    ['null, not nullable, in a list', { type: 'array', items: { type: 'string' } }, [null], ['WRONG_TYPE']],
    ['null in a list whose items have a default', { type: 'array', items: { type: 'string', default: 'a' } }, [null], []],
    ['null, nullable, but not among the values', { type: 'string', nullable: true, enum: ['a'] }, null, ['UNSUPPORTED_VALUE']],
    ['null where something is required', { type: 'object', required: ['a'], properties: { a: { type: 'string' } } }, { a: null }, ['MISSING_FIELD']],
    ['a default where something is required', { type: 'object', required: ['a'], properties: { a: { type: 'string', default: 'x' } } }, {}, []],
    ['null, nullable', { type: 'string', nullable: true }, null, []],
    ['exactly one of', { type: 'object', properties: { a: {}, b: {} }, oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1, b: 1 }, ['INVALID_VALUE']],
    ['any of', { type: 'object', properties: { a: {}, b: {} }, anyOf: [{ required: ['a'] }, { required: ['b'] }] }, {}, ['INVALID_VALUE']],
    ['preserved unknown fields', { type: 'object', 'x-kubernetes-preserve-unknown-fields': true, properties: { a: { type: 'string' } } }, { a: 'x', b: 1 }, []],
    ['a map', { type: 'object', additionalProperties: { type: 'integer' } }, { a: 1, b: 'x' }, ['WRONG_TYPE']],
    ['a keyed list', { type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['k'], items: { type: 'object', properties: { k: { type: 'string' } } } },
      [{ k: 'a' }, { k: 'a' }], ['DUPLICATE_ITEM']],
    ['a pattern that is none is not checked', { type: 'string', pattern: '(' }, 'x', []],
  ])('%s', (_, schema, value, expected) => {
    expect(check(schema, { spec: value })).toEqual(expected)
  })

  test('metadata is that of every object', () => {
    expect(check({ type: 'object' }, { metadata: { name: 'a', labels: { a: 1 }, creationTimestamp: null } })).toEqual(['WRONG_TYPE'])
  })

  test('shipped custom resources', () => {
    const application = schemaFor('argoproj.io', 'v1alpha1', 'Application')!
    const violations = validateObject(application, { spec: { project: 'default', destination: { nameSpace: 'x' } } })
    expect(violations.map(({ code, path }) => `${code} ${path.join('.')}`)).toEqual(['UNKNOWN_FIELD spec.destination.nameSpace', 'MISSING_FIELD metadata'])
  })
})
