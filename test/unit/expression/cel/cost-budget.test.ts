import { describe, expect, test } from 'vitest'
import { celType, CostBudget, createEnvironment, libraries, type Program } from '../../../../src/expression/cel/index.ts'
import type { EvaluationError } from '../../../../src/model/errors.ts'

const { standard, optionals, strings, lists, bindings, encoders } = libraries
const environment = createEnvironment({ libraries: [standard, optionals, strings, lists, bindings, encoders], variables: { x: celType.dyn } })
const x = { list: ['one', 'two', 'three'], text: 'a text of 24 characters.', flag: true }

function compile(expression: string): Program {
  const compilation = environment.compile(expression)
  if (!compilation.ok) throw new Error(compilation.problems[0].message)
  return compilation.program
}

function costOf(expression: string): number {
  let cost = 0
  compile(expression).evaluate({ x }, { onCost: (spent) => { cost = spent } })
  return cost
}

describe('cost', () => {
  test.each([
    ['true', 0],
    ['x', 1],
    ['x.flag', 2],
    ['has(x.flag)', 1],
    ['has(x.a.b) || true', 2],
    ['x.list[0]', 3],
    ['x.flag && x.flag', 4],
    ['x.flag ? 1 : 2', 2],
    ['x.flag ? x.flag : x.text', 3],
    ['x.list.map(e, e == "one", e)', 22],
    ['{"a": 1}[x.text] == 1 || true', 3],
    ['[x.flag][0]', 14],
    ['x.text == "short"', 3],
    ['x.text == x.text', 7],
    ['x.text.startsWith("a")', 3],
    ['x.text + x.text', 9],
    ['[1, 2, 3]', 0],
    ['[x.flag]', 12],
    ['{"a": x.flag}', 32],
    ['x.flag in [true, false]', 2],
    ['x.flag in x.list', 7],
    ['x.list.all(e, true)', 12],
    ['x.list.exists(e, true)', 10],
    ['x.list.map(e, e)', 42],
    ['x.list.filter(e, true)', 42],
    ['x.list.exists_one(e, false)', 4],
    ['cel.bind(y, x.flag, y && y)', 4],
    ['int("1")', 0],
  ])('%s', (expression, cost) => {
    expect(costOf(expression)).toBe(cost)
  })
})

describe('limits', () => {
  const nested = 'x.list.all(a, x.list.all(b, x.list.all(c, x.list.all(d, a != "" && b != "" && c != "" && d != ""))))'

  test('an expression is refused beyond its limit, whatever could absorb an error', () => {
    expect(() => compile(`true || false ? (${nested}) || true : true`).evaluate({ x }, { costLimit: 100 })).toThrow('operation cancelled: actual cost limit exceeded')
    expect(compile(nested).evaluate({ x }, { costLimit: 10_000 })).toBe(true)
  })

  test('its code tells it from an error of the expression', () => {
    try {
      compile(nested).evaluate({ x }, { costLimit: 100 })
      expect.unreachable()
    } catch (error) {
      expect((error as EvaluationError).code).toBe('COST_EXCEEDED')
    }
  })

  test('a budget is shared by expressions, and errors cost, too', () => {
    const budget = new CostBudget(10)
    expect(budget.evaluate(compile('x.flag'), { x })).toBe(true)
    expect(() => budget.evaluate(compile('x.a.b'), { x })).toThrow('no such key: a')
    expect(() => budget.evaluate(compile('x.list.all(e, true)'), { x })).toThrow('running out of cost budget')
    expect(() => budget.evaluate(compile('true'), { x })).toThrow('running out of cost budget')
  })

  test('json.encode is refused as the first step and free of charge later, since cel-go counts in 64 bits that wrap', () => {
    expect(() => compile('json.encode({"a": 1})').evaluate({ x }, { costLimit: 1_000_000 })).toThrow('cost limit exceeded')
    expect(compile('json.encode(x.flag)').evaluate({ x }, { costLimit: 1_000_000 })).toBe('true')
  })
})
