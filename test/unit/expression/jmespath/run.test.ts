import fc from 'fast-check'
import { search as reference } from 'jmespath'
import { describe, expect, test } from 'vitest'
import { compileJmesPath, functions, type JmesPathEnvironment } from '../../../../src/expression/jmespath/index.ts'
import type { JsonValue } from '../../../../src/model/json.ts'
import { stringifyJson } from '../../../../src/values/json-text.ts'

const environment: JmesPathEnvironment = { now: 0, random: () => 0.5 }
const known = expect.objectContaining({ code: expect.any(String) })

function answers(expression: string, data: JsonValue): boolean {
  try {
    compileJmesPath(expression).search(data, environment)
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
  }
  return true
}

const pieces = [
  'a', 'b', '"c d"', '.', '..', '*', '[*]', '[]', '[?', ']', '[0]', '[-1]', '[::2]', '(', ')', ',', '@', '&', '&&', '||', '|', '!', '==', '<', '>=', '{a: ', '}', '`1`', '`[1,2]`', '`{"a":1}`', '\'x\'', ' ', '"', '`', '\'', '=',
  ...[...functions.keys()].map((name) => `${name}(`),
]

describe('hostile expressions', () => {
  test('any sequence of tokens ends with an answer or a foreseen error', () => {
    const expressions = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((parts) => parts.join(''))
    fc.assert(fc.property(expressions, fc.jsonValue(), (expression, data) => answers(expression, data as JsonValue)), { numRuns: 4000 })
  })

  test('any arguments to any function', () => {
    const argument = fc.constantFrom('`1`', '`-1.5`', '`1e300`', '\'x\'', '\'1h\'', '\'10Mi\'', '\'\'', '`[]`', '`["a"]`', '`[1,2]`', '`{"a":1}`', '`null`', '`true`', '&a', '@', '\'2024-01-01T00:00:00Z\'', '\'[a-z]{3}\'', '`9e99`')
    const call = fc.tuple(fc.constantFrom(...functions.keys()), fc.array(argument, { maxLength: 4 })).map(([name, args]) => `${name}(${args.join(', ')})`)
    fc.assert(fc.property(call, fc.jsonValue(), (expression, data) => answers(expression, data as JsonValue)), { numRuns: 8000 })
  })

  test.each([
    ['parentheses', '('.repeat(100_000)], ['nots', `${'!'.repeat(100_000)}a`], ['a long chain', `a${'.a'.repeat(100_000)}`], ['many ors', `a${'||a'.repeat(100_000)}`], ['flattening', `a${'[]'.repeat(50_000)}`],
    ['nested calls', `${'length('.repeat(5000)}a${')'.repeat(5000)}`], ['deep to both sides', `${'(a||'.repeat(300)}a${`)${'||a'.repeat(300)}`.repeat(300)}`], ['an endless literal', `\`${'['.repeat(200_000)}\``],
    ['megabytes', `'${'x'.repeat(2 << 20)}'`],
  ])('%s is refused', (_, expression) => {
    expect(() => compileJmesPath(expression)).toThrow(known)
  })

  test.each([
    ['doubling a list', `[@]${'|[@,@][]'.repeat(60)}`], ['sharing parts', `${'[@,@]|'.repeat(60)}to_string(@)`], ['comparing shared parts', `[${'[@,@]|'.repeat(60)}@,${'[@,@]|'.repeat(60)}@] | [0] == [1]`],
    ['returning shared parts', `${'[@,@]|'.repeat(60)}@`], ['doubling a text', `'xxxxxxxx'${'|join(@,[@,@])'.repeat(60)}`], ['replacing', `'xxxxxxxx'${'|replace_all(@,\'x\',@)'.repeat(12)}`],
    ['nested maps', `${'map(&'.repeat(12)}@${', list)'.repeat(12)}`], ['repeating at random', 'random(\'((((a*)*)*)*)*\')'], ['a power of ten', 'add(\'1e90000000\', \'1\')'], ['templates', `'aaaaaaaaaa'${'|regex_replace_all(\'.*\',@,\'$0$0$0$0$0$0$0$0\')'.repeat(12)}`],
  ])('%s ends in time', (_, expression) => {
    expect(answers(expression, { list: Array.from({ length: 200 }, () => ({ list: [1, 2, 3] })) })).toBe(true)
    // Exponential work would run into the runner's own limit.
  }, 20_000)

  test('regular expressions cannot backtrack', () => {
    expect(compileJmesPath('regex_match(\'^(a+)+$\', @)').search(`${'a'.repeat(20_000)}b`, environment)).toBe(false)
    // Exponential work would run into the runner's own limit.
  })

  test('data may be deep', () => {
    let deep: JsonValue = 1
    for (let level = 0; level < 100_000; level++) deep = [deep]
    expect(() => compileJmesPath('to_string(@)').search(deep, environment)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }))
  })
})

describe('beside the common implementation', () => {
  // Every key exists, since a missing one is where Kyverno's fork differs; so does an order between texts.
  const leaf = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('x', 'y', ''), fc.boolean(), fc.constant(null), fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }))
  const inner = fc.record({ a: leaf, b: leaf })
  const tree = fc.record({ a: fc.oneof(inner, fc.array(inner, { maxLength: 3 })), b: fc.array(fc.record({ a: leaf, b: inner }), { maxLength: 3 }) })
  const expression = fc.letrec<{ path: string; any: string }>((tie) => ({
    path: fc.oneof({ depthSize: 'small' }, fc.constantFrom('a', 'b', '"a"', '@'), fc.tuple(tie('path'), fc.constantFrom('.a', '.b', '[0]', '[-1]', '[*]', '[]', '[1:]', '[::-1]', '.[a, b]', '.{x: a, y: b}', '[?a == b]', '[?@ == `1`]', '[*].a'))
      .map(([left, right]) => (left === '@' && right.startsWith('.') ? right.slice(1) : left + right)), tie('path')),
    any: fc.oneof({ depthSize: 'small' }, tie('path'), fc.tuple(tie('any'), fc.constantFrom(' | ', ' || ', ' && ', ' == ', ' != '), tie('any')).map((parts) => parts.join('')), tie('any').map((text) => `!${text}`), tie('any').map((text) => (text.startsWith('@') ? text : `(${text})`)),
      fc.tuple(tie('any'), tie('any')).map((parts) => `[${parts.join(', ')}]`), fc.constantFrom('`1`', '\'x\'', '`[1, 2]`', '`null`')),
  })).any

  test('answers are the same', () => {
    fc.assert(fc.property(expression, tree, (text, data) => {
      let theirs: unknown
      try {
        theirs = reference(data, text)
      } catch {
        // It does not parse "(@" after other parentheses.
        return true
      }
      const ours = compileJmesPath(text).find(data, environment)
      return ours === undefined || stringifyJson(ours) === JSON.stringify(theirs)
    }), { numRuns: 4000 })
  })
})
