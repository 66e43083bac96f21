import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/model/json.ts'
import { compileIgnoreDifferences } from '../../../../src/ignore-differences/index.ts'
import { describeSelector, formatExpression, overlaps, toIgnoredPath, type FieldSelector } from '../../../../src/ignore-differences/entries/field-selector.ts'

const item = (fields: Record<string, string | null>): FieldSelector[number] => ({ fields })

test.each<[FieldSelector, string]>([
  [['spec', 'replicas'], '/spec/replicas'],
  [['metadata', 'annotations', 'a.io/b~c'], '/metadata/annotations/a.io~1b~0c'],
])('a place without lists is a pointer: %j', (selector, pointer) => {
  expect(toIgnoredPath(selector)).toEqual({ pointer })
})

test.each<[FieldSelector, string]>([
  [['spec', 'containers', item({ name: 'app' }), 'image'], '.spec.containers[] | select(.name == "app") | .image'],
  [['spec', 'args', { value: '--x="y"' }], String.raw`.spec.args[] | select(. == "--x=\"y\"")`],
  [['spec', 'tolerations', item({ key: 'a', effect: null })], '.spec.tolerations[] | select(.key == "a" and .effect == null)'],
  [['spec', 'm', item({ 'a/b': 'c' }), 'x-y', 'z'], '.spec.m[] | select(.["a/b"] == "c") | .["x-y"].z'],
  [['spec', 'a', item({ name: 'x' }), 'b', item({ name: 'y' }), 'c'], '.spec.a[] | select(.name == "x") | .b[] | select(.name == "y") | .c'],
  [['spec', 'sources', item({})], '.spec.sources[] | select(. == {})'],
  [['spec', 'and', item({ name: String.raw`\(1)` })], String.raw`.spec["and"][] | select(.name == "\\(1)")`],
])('lists are crossed by what their items say: %j', (selector, expression) => {
  expect(formatExpression(selector)).toBe(expression)
  expect(() => compileIgnoreDifferences([{ kind: '*', jqPathExpressions: [expression] }])).not.toThrow()
})

test('places overlap where one lies inside the other', () => {
  expect(overlaps(['spec', 'a', item({ name: 'x' })], ['spec', 'a', item({ name: 'x' }), 'image'])).toBe(true)
  expect(overlaps(['spec', 'a', item({ name: 'x' })], ['spec', 'a', item({ name: 'y' })])).toBe(false)
  expect(overlaps(['spec', 'a'], ['spec', 'b'])).toBe(false)
  const rule = (...ports: JsonObject[]): FieldSelector => ['spec', 'rules', { fields: { ports } }]
  expect(overlaps(rule({ port: 80 }), rule({ port: 80, protocol: 'TCP' }))).toBe(true)
  expect(overlaps(rule({ port: 80 }), rule({ port: 81, protocol: 'TCP' }))).toBe(false)
})

test('places are described for people', () => {
  expect(describeSelector(['spec', 'containers', item({ name: 'app' }), 'env', { value: 1 }, 'a/b'])).toBe('spec.containers[app].env[1]["a/b"]')
})
