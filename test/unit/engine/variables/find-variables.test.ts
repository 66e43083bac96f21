import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findVariables } from '../../../../src/engine/variables/find-variables.ts'
import { findReferences, unescapeReferences } from '../../../../src/policy/index.ts'

const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('{', '}', '{{', '}}', '\\', 'a', ' '), maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('$(', ')', '$', '(', '\\', 'a', ' ', './'), maxLength: 30 }),
)

describe('against the expressions that Kyverno uses', () => {
  it('finds the same variables', () => {
    const expression = /(^|[^\\])(\{\{(?:\{[^{}]*\}|[^{}])*\}\})/g
    fc.assert(fc.property(text, (value) => {
      expect(findVariables(value)).toEqual([...value.matchAll(expression)].map(({ 1: before = '', 2: variable = '', index }) => ({ text: variable, before, start: index + before.length })))
    }), { numRuns: 3000 })
  })

  it('finds the same references', () => {
    const expression = /^\$\(.[^ ]*\)|[^\\]\$\(.[^ ]*\)/g
    fc.assert(fc.property(text, (value) => {
      expect(findReferences(value).map((found) => found.text)).toEqual((value.match(expression) ?? []).map((found) => (found.startsWith('$(') ? found : found.slice(1))))
    }), { numRuns: 3000 })
  })

  it('takes the same backslashes away', () => {
    fc.assert(fc.property(text, (value) => {
      expect(unescapeReferences(value)).toBe(value.replace(/\\\$\(.[^ )]*\)/g, (escaped) => escaped.slice(1)))
    }), { numRuns: 3000 })
  })
})

it('takes no longer for texts that are made to take long', () => {
  for (const piece of ['$(', '\\$(', '$() $(', '{{', '{{ {a}', '{a}', '$( ', '{{a}}{{']) {
    const long = piece.repeat(300_000)
    findVariables(`{{${long}`)
    findReferences(long)
    unescapeReferences(long)
  }
  // Exponential work would run into the runner's own limit.
})
