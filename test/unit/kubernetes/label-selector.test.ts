import { describe, expect, test } from 'vitest'
import { findSelectorError, matchesLabelSelector } from '../../../src/kubernetes/label-selector.ts'

const labels = { app: 'shop', tier: 'web', empty: '', 'example.dev/team': 'blue' }

describe('label selectors', () => {
  test.each([
    ['nothing asked', {}, true],
    ['equal label', { matchLabels: { app: 'shop' } }, true],
    ['other value', { matchLabels: { app: 'bank' } }, false],
    ['absent key', { matchLabels: { zone: 'a' } }, false],
    ['empty value', { matchLabels: { empty: '' } }, true],
    ['prefixed key', { matchLabels: { 'example.dev/team': 'blue' } }, true],
    ['In', { matchExpressions: [{ key: 'tier', operator: 'In', values: ['web', 'db'] }] }, true],
    ['In, absent key', { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] }, false],
    ['NotIn', { matchExpressions: [{ key: 'tier', operator: 'NotIn', values: ['web'] }] }, false],
    ['NotIn, absent key', { matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a'] }] }, true],
    ['Exists', { matchExpressions: [{ key: 'app', operator: 'Exists' }] }, true],
    ['DoesNotExist', { matchExpressions: [{ key: 'app', operator: 'DoesNotExist' }] }, false],
    ['all must hold', { matchLabels: { app: 'shop' }, matchExpressions: [{ key: 'zone', operator: 'Exists' }] }, false],
    ['names from the prototype are no labels', { matchExpressions: [{ key: 'constructor', operator: 'Exists' }] }, false],
  ])('%s', (_, selector, expected) => {
    expect(matchesLabelSelector(selector, labels)).toBe(expected)
  })

  test.each([
    [{ matchExpressions: [{ key: 'a', operator: 'Like', values: ['b'] }] }],
    [{ matchExpressions: [{ key: 'a', operator: 'In' }] }],
    [{ matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] }],
    [{ matchLabels: { 'not valid': 'x' } }],
    [{ matchLabels: { '/a': 'x' } }],
    [{ matchLabels: { 'Upper.dev/a': 'x' } }],
    [{ matchLabels: { a: '-x' } }],
    [{ matchLabels: { a: 'x'.repeat(64) } }],
    [{ matchExpressions: [{ key: 'zone', operator: 'NotIn', values: ['a b'] }] }],
  ])('refused, and so matching nothing: %j', (selector) => {
    expect(findSelectorError(selector)).toBeTypeOf('string')
    expect(matchesLabelSelector(selector, labels)).toBe(false)
  })
})
