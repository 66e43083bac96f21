import { describe, expect, it } from 'vitest'
import type { DeferredEntry } from '../../../../src/engine/context/deferred-entry.ts'
import { mentionsName } from '../../../../src/engine/context/deferred-entry.ts'
import { QueryCompiler } from '../../../../src/engine/context/query-compiler.ts'
import { Scope } from '../../../../src/engine/context/scope.ts'
import { EvaluationError } from '../../../../src/model/errors.ts'
import type { JsonValue } from '../../../../src/model/json.ts'

const settings = () => ({ queries: new QueryCompiler(), lookups: { now: 0, random: () => 0, get: () => undefined }, isDelete: false, leavesOutUnavailable: false, missing: [] })
const entry = (name: string, load: DeferredEntry['load']): DeferredEntry => ({ name, load })
const fixed = (name: string, value: JsonValue) => entry(name, () => value)
const scopeOf = (...entries: DeferredEntry[]) => Scope.create(settings(), { request: { a: 1 } }, entries)

describe('Scope', () => {
  it('loads an entry when it is first mentioned, once', () => {
    let loads = 0
    const scope = scopeOf(entry('x', () => ++loads))
    expect(scope.query('request.a')).toBe(1)
    expect(loads).toBe(0)
    expect([scope.query('x'), scope.query('x'), scope.extend({}).query('x')]).toEqual([1, 1, 1])
  })

  it('lets a later entry of the same name build on the earlier', () => {
    const scope = scopeOf(fixed('x', 'a'), entry('x', (inner) => `${String(inner.query('x'))}b`), entry('x', (inner) => `${String(inner.query('x'))}c`))
    expect(scope.query('x')).toBe('abc')
  })

  it('does not load what stands after an entry while that loads', () => {
    const scope = scopeOf(entry('x', (inner) => inner.query('y')), fixed('y', 1))
    expect(() => scope.query('x')).toThrow(/Unknown key "y"/)
  })

  it('does not try an entry again that failed', () => {
    const scope = scopeOf(entry('x', () => { throw new EvaluationError('LOOKUP_FAILED', 'no') }))
    expect(() => scope.query("x || 'd'")).toThrow('no')
    expect(scope.query("x || 'd'")).toBe('d')
  })

  it('keeps inner names from the outer scope, and tells outer values to all', () => {
    const outer = scopeOf(fixed('x', 1))
    const inner = outer.extend({ element: 'e', request: { a: 2 } }, [fixed('own', 2)])
    expect(inner.query('[element, own, x, request.a]')).toEqual(['e', 2, 1, 2])
    expect(outer.query('[element, own, x, request.a]')).toEqual([null, null, 1, 1])
  })

  it('knows no names of Object.prototype', () => {
    for (const name of ['constructor', 'toString', '__proto__', 'hasOwnProperty']) expect(() => scopeOf().query(name)).toThrow(/Unknown key/)
    expect(scopeOf(fixed('__proto__', { polluted: true })).query('__proto__.polluted')).toBe(true)
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('takes in two megabytes and no more', () => {
    expect(() => scopeOf(fixed('x', 'y'.repeat(2 * 1024 * 1024))).query('x')).toThrow(/context size limit exceeded/)
  })
})

describe('mentionsName', () => {
  it.each([
    ['x', 'x', true], ['x.y', 'x', true], ['y.x', 'x', false], ['xy', 'x', false], ['ax', 'x', false], ["'x'", 'x', true], ['a || x', 'x', true],
    ['_x', 'x', true], ['x-y', 'x', true], ['length(x)', 'x', true], ['1x', 'x', false], ['yx x', 'x', true], ['', 'x', false],
  ])('%s mentions %s: %s', (query, name, expected) => {
    expect(mentionsName(query, name)).toBe(expected)
  })
})
