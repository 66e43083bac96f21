import { describe, expect, test } from 'vitest'
import { findSelectorError, matchesLabelSelector, matchesSelectorWithWildcards } from '../../../src/kubernetes/label-selector.ts'

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

describe('selectors with wildcards', () => {
  test.each([
    ['value', { matchLabels: { app: 's*p' } }, labels, true],
    ['key and value', { matchLabels: { 'example.dev/*': 'b?ue' } }, labels, true],
    ['key fits, value does not', { matchLabels: { 'example.dev/*': 'red*' } }, labels, false],
    ['anything, and there are labels', { matchLabels: { '*': '*' } }, labels, true],
    ['anything, and there are none', { matchLabels: { '*': '*' } }, {}, false],
    ['a wildcard without counterpart is read as 0', { matchLabels: { 'version-?': '1*' } }, { 'version-0': '10' }, true],
    ['entries without wildcards count as ever', { matchLabels: { app: 'shop', tier: '?*' } }, { app: 'bank', tier: 'web' }, false],
    ['expressions take none', { matchExpressions: [{ key: 'app', operator: 'In', values: ['s*'] }] }, labels, false],
  ])('%s', (_, selector, actual, expected) => {
    expect(matchesSelectorWithWildcards(selector, actual)).toBe(expected)
  })
})
