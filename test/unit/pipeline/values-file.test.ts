import { expect, test } from 'vitest'
import type { JsonObject } from '../../../src/model/json.ts'
import { mergeInputs, parseValues, readInputs } from '../../../src/pipeline/values-file.ts'

const source = { file: 'values.yaml', line: 1, column: 1 }
const parse = (object: JsonObject): ReturnType<typeof parseValues> => parseValues({ object, source, locate: () => ({ ...source, line: 7 }) })
const heading = { apiVersion: 'cli.kyverno.io/v1alpha1', kind: 'Values' }

test('variables by policy, resource and rule', () => {
  const { inputs, problems } = parse({
    ...heading, globalValues: { 'request.operation': 'UPDATE' },
    policies: [{ name: 'p', resources: [{ name: 'web', values: { team: 'a' } }], rules: [{ name: 'r', values: { 'config.data.x': 1 } }] }],
    namespaceSelector: [{ name: 'shop', labels: { tier: 'gold' } }],
  })
  expect(problems).toEqual([])
  expect(inputs.globalValues).toEqual({ 'request.operation': 'UPDATE' })
  expect(inputs.resourceValues.get('p')?.get('web')).toEqual({ team: 'a' })
  expect(inputs.ruleValues.get('p')?.get('r')).toEqual({ 'config.data.x': 1 })
  expect(inputs.namespaceLabels.get('shop')).toEqual({ tier: 'gold' })
})

test('a document of another kind is refused with its place', () => {
  expect(parse({ kind: 'ConfigMap' }).problems).toMatchObject([{ code: 'INVALID_VALUES', severity: 'error', location: source }])
})

test('a misspelt field is said, at its line', () => {
  expect(parse({ ...heading, globalvalues: {} }).problems).toMatchObject([{ code: 'UNKNOWN_FIELD', message: 'unknown field "globalvalues" in a values file', location: { line: 7 } }])
})

test('later files win, name by name', () => {
  const values = (resource: JsonObject): JsonObject => ({ policies: [{ name: 'p', resources: [{ name: 'web', values: resource }] }] })
  const merged = mergeInputs(readInputs(values({ a: 1, b: 1 })), readInputs(values({ b: 2 })))
  expect(merged.resourceValues.get('p')?.get('web')).toEqual({ a: 1, b: 2 })
})
