import { describe, expect, it } from 'vitest'
import { substituteAll, type VariableScope } from '../../../../src/engine/variables/substitute.ts'
import { compileTemplate } from '../../../../src/engine/variables/template.ts'
import { compileJmesPath } from '../../../../src/expression/jmespath/index.ts'
import type { JsonObject, JsonValue } from '../../../../src/model/json.ts'

const data: JsonObject = {
  request: { object: { metadata: { name: 'web', labels: { key: 'name' } }, spec: { list: ['a', 'b'], number: 80, nothing: null, yes: true } } },
  self: '{{ self }} again', inner: { text: 'is {{ request.object.metadata.name }}' },
}
const scope = (isDelete = false): VariableScope => ({ isDelete, query: (expression) => compileJmesPath(expression).search(data, { now: 0, random: () => 0 }) })

describe('substituteAll', () => {
  it.each<[string, JsonValue, JsonValue]>([
    ['a whole variable keeps its type', '{{ request.object.spec.number }}', 80],
    ['text around it makes text', 'port {{ request.object.spec.number }}', 'port 80'],
    ['lists go in as JSON', 'of {{ request.object.spec.list }}', 'of ["a","b"]'],
    ['null goes in as null', 'is {{ request.object.spec.nothing }}', 'is null'],
    ['two that touch', '{{ request.object.spec.yes }}{{ request.object.spec.yes }}', 'truetrue'],
    ['an inner one first', '{{ request.object.metadata.{{ request.object.metadata.labels.key }} }}', 'web'],
    ['one with braces of its own', '{{ {a: request.object.metadata.name}.a }}', 'web'],
    ['an escaped one stays', '\\{{ x }} {{ request.object.metadata.name }}', '{{ x }} web'],
    ['an escaped one before the same', '\\{{ request.object.metadata.name }} {{ request.object.metadata.name }}', '{{ request.object.metadata.name }} web'],
    ['keys too', { '{{ request.object.metadata.name }}': 1 }, { web: 1 }],
    ['a key that becomes another one takes its place', { '{{ request.object.metadata.name }}': 1, web: 2 }, { web: 1 }],
    ['a key that becomes null keeps its name', { '{{ request.object.spec.nothing }}': 1 }, { '{{ request.object.spec.nothing }}': 1 }],
    ['what a map brings in is substituted as well', '{{ inner }}', { text: 'is web' }],
    ['what a whole text brings in is not', '{{ inner.text }}', 'is {{ request.object.metadata.name }}'],
    ['what a part of a text brings in is', 'it {{ inner.text }}', 'it is web'],
    ['unless it asks not to be', 'it {{- inner.text }}', 'it is {{ request.object.metadata.name }}'],
    ['a reference to a sibling', { a: 'x', b: '$(./../a)' }, { a: 'x', b: 'x' }],
    ['a reference after an operator', { a: '5Gi', b: '<=$(./../a)' }, { a: '5Gi', b: '<=5Gi' }],
    ['an operator inside a reference', { a: 5n, b: '$(<./../a)' }, { a: 5n, b: '<5' }],
    ['an escaped reference', '\\$(x)', '$(x)'],
  ])('%s', (_, document, expected) => {
    expect(substituteAll(document, scope())).toEqual(expected)
    expect(compileTemplate(document).evaluate({ scope: scope() })).toEqual(expected)
  })

  it('shares what has no variables', () => {
    const document = { a: { b: ['c'] }, d: '{{ request.object.metadata.name }}' }
    expect((substituteAll(document, scope()) as typeof document).a).toBe(document.a)
    const template = compileTemplate(document.a)
    expect(template.isConstant).toBe(true)
    expect(template.evaluate({ get scope(): VariableScope { throw new Error('not needed') } })).toBe(document.a)
  })

  it('says where a variable could not be resolved', () => {
    expect(() => substituteAll({ a: { 'b/c': ['{{ request.nope }}'] } }, scope())).toThrow('failed to resolve request.nope at path /a/b\\/c/0: Unknown key "nope" in path')
    expect(() => substituteAll({ '{{ request.object.spec.list }}': 1 }, scope())).toThrow(/expected string after substituting variables in key/)
    expect(() => substituteAll('$(./../x)', scope())).toThrow(/got nil resolved variable/)
  })

  it('looks at the old object on DELETE', () => {
    expect(() => substituteAll('{{ request.object.metadata.name }}', scope(true))).toThrow(/request\.oldObject\.metadata\.name/)
  })

  it('stops text that brings itself back', () => {
    expect(() => substituteAll('x {{ self }}', scope())).toThrow(/without end/)
  })

  it('refuses a variable behind half a character, as Kyverno does', () => {
    expect(() => substituteAll('é{{ request.object.metadata.name }}', scope())).toThrow(/put a space before it/)
  })
})
