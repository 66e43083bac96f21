import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEnvironment, libraries } from '../../../../../src/expression/cel/index.ts'
import type { CelNode } from '../../../../../src/expression/cel/syntax/ast.ts'
import { parseExpression } from '../../../../../src/expression/cel/syntax/parser.ts'

const options = { macros: new Map(), quotedFields: true }

/** The tree in a short form: calls as `name(…)`, selections with a dot. */
function outline(node: CelNode): string {
  switch (node.kind) {
    case 'literal': return typeof node.value === 'string' ? JSON.stringify(node.value) : String(node.value)
    case 'ident': return node.name
    case 'select': return `${outline(node.operand)}.${node.optional ? '?' : ''}${node.field}`
    case 'call': return `${node.target === undefined ? '' : `${outline(node.target)}:`}${node.name}(${node.args.map(outline).join(',')})`
    case 'list': return `[${node.elements.map(({ value, optional }) => (optional ? '?' : '') + outline(value)).join(',')}]`
    case 'map': return `{${node.entries.map(({ key, value, optional }) => `${optional ? '?' : ''}${outline(key)}:${outline(value)}`).join(',')}}`
    case 'struct': return `${node.typeName}{${node.fields.map(({ name, value }) => `${name}:${outline(value)}`).join(',')}}`
    default: return node.kind
  }
}

describe('the tree', () => {
  test.each([
    ['1 + 2 * 3 - 4', '_-_(_+_(1,_*_(2,3)),4)'],
    ['a || b && c || d', '_||_(a,_&&_(b,c),d)'],
    ['a ? b : c ? d : e', '_?_:_(a,b,_?_:_(c,d,e))'],
    ['!!a', 'a'],
    ['-a.b', '-_(a.b)'],
    ['-1', '-1'],
    ['a-1', '_-_(a,1)'],
    ['a.?b[?0].c', '_[?_](a.?b,0).c'],
    ['a.b.c(d)', 'a.b:c(d)'],
    ['.a.b', '.a.b'],
    ['[1, ?a,]', '[1,?a]'],
    ['{?"k": v, 1: 2}', '{?"k":v,1:2}'],
    ['Object.spec{a: 1, `b-c`: 2}', 'Object.spec{a:1,b-c:2}'],
    ['a.`b/c.d`', 'a.b/c.d'],
    ['a in b == c', '_==_(@in(a,b),c)'],
    ['"a" "b"'.slice(0, 3), '"a"'],
    ["'''a\n'b'''", '"a\\n\'b"'],
    ['r"\\n"', '"\\\\n"'],
    ['0x1F', '31'],
    ['.5', '0.5'],
    ['1 // note\n + 2', '_+_(1,2)'],
    ['a.for', 'a.for'],
  ])('of %s', (text, tree) => {
    expect(outline(parseExpression(text, options))).toBe(tree)
  })
})

describe('hostile text', () => {
  const environment = createEnvironment({ libraries: [libraries.standard, libraries.optionals, libraries.comprehensions, libraries.bindings] })
  const pieces = fc.constantFrom('(', ')', '[', ']', '{', '}', '.', '?', ':', ',', '!', '-', '+', '&&', '||', '==', 'in', 'a', 'true', '1', '"x"', "'", '`', '\\', 'has(', 'all(', ' ', '\n', '😀')

  test('is refused or compiled, never thrown at the caller', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(pieces, { maxLength: 40 }).map((parts) => parts.join(''))), (text) => {
      const compilation = environment.compile(text)
      return compilation.ok || compilation.problems.every(({ line, column }) => line >= 1 && column >= 1)
    }))
  })

  test.each([
    ['('.repeat(100_000)],
    ['['.repeat(5_000)],
    ['true ? 1 : '.repeat(5_000)],
    ['a' + '.b'.repeat(40_000)],
    [Array(40_000).fill('1').join('+')],
    ['x'.repeat(200_000)],
  ])('of great depth or length is refused', (text) => {
    const compilation = environment.compile(text)
    expect(compilation.ok ? '' : compilation.problems[0].message).toMatch(/limit/)
  })
})
