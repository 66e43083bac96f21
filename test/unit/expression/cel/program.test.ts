import { describe, expect, test } from 'vitest'
import { celType, createEnvironment, LazyMessage, libraries, type CelLibrary } from '../../../../src/expression/cel/index.ts'
import { fn } from '../../../../src/expression/cel/library.ts'
import { LookupPending, type Lookups } from '../../../../src/model/lookups.ts'

const { bool, dyn, string } = celType

const world: CelLibrary = {
  name: 'world',
  summary: 'A function that asks',
  functions: [
    fn('ask', [string], bool, (name, { lookups }) => lookups.get({ kind: 'globalContext', name }) === true),
  ],
}
const { standard, optionals } = libraries
const environment = createEnvironment({ libraries: [standard, optionals, world], variables: { x: dyn } })

const nobody: Lookups = {
  now: 0,
  random: () => 0,
  get: (request) => { throw new LookupPending(request) },
}

function evaluate(expression: string, lookups?: Lookups): unknown {
  const compilation = environment.compile(expression)
  if (!compilation.ok) throw new Error(compilation.problems[0].message)
  try {
    return compilation.program.evaluate({ x: { list: [1n, 2n] } }, lookups === undefined ? {} : { lookups })
  } catch (error) {
    return error instanceof LookupPending ? 'pending' : (error as Error).message
  }
}

describe('a pending look-up', () => {
  test.each([
    ['ask("a")', 'pending'],
    ['true || ask("a")', true],
    ['ask("a") || true', true],
    ['ask("a") && false', false],
    ['ask("a") && true', 'pending'],
    ['x.missing || ask("a")', 'pending'],
    ['ask("a") || x.missing', 'pending'],
    ['x.list.exists(i, i == 2 || ask("a"))', true],
    ['x.list.exists(i, i == 3 || ask("a"))', 'pending'],
    ['x.list.all(i, i == 1 && ask("a"))', false],
    ['x.list.map(i, ask("a"))', 'pending'],
    ['false ? ask("a") : true', true],
    ['true ? ask("a") : true', 'pending'],
  ])('%s', (expression, outcome) => {
    expect(evaluate(expression, nobody)).toBe(outcome)
  })

  test('without look-ups the expression says so', () => {
    expect(evaluate('ask("a")')).toMatch('not available')
  })
})

describe('lazy values', () => {
  test('a binding is computed when it is read, and once', () => {
    let reads = 0
    const compilation = environment.compile('false && x == 1 ? x : 7')
    if (!compilation.ok) throw new Error('does not compile')
    expect(compilation.program.evaluate({ x: () => { reads++; return 1n } })).toBe(7n)
    expect(reads).toBe(0)
    const twice = environment.compile('x == 1 && x == 1')
    if (!twice.ok) throw new Error('does not compile')
    expect(twice.program.evaluate({ x: () => { reads++; return 1n } })).toBe(true)
    expect(reads).toBe(1)
  })

  test('fields of a message are computed when they are read, and once', () => {
    const reads: string[] = []
    const variables = new LazyMessage('variables', (field) => {
      reads.push(field)
      return field === 'known' ? 1n : undefined
    })
    const typed = environment.extend({
      variables: { variables: celType.object('variables') },
      findMessageType: (name) => (name === 'variables' ? { name, field: (field) => (field === 'known' ? celType.int : undefined) } : undefined),
    })
    const compilation = typed.compile('variables.known + variables.known == 2 && has(variables.known)')
    if (!compilation.ok) throw new Error(compilation.problems[0].message)
    expect(compilation.program.evaluate({ variables })).toBe(true)
    expect(reads).toEqual(['known'])
    const unknown = typed.compile('variables.other')
    expect(unknown.ok ? [] : unknown.problems[0].message).toBe("undefined field 'other'")
  })
})
