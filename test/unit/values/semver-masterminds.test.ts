import { describe, expect, test } from 'vitest'
import { parseMastermindsConstraint, parseMastermindsStrict, parseMastermindsVersion } from '../../../src/values/semver-masterminds.ts'
import { formatVersion, type SemanticVersion } from '../../../src/values/semver.ts'

describe('Masterminds', () => {
  test('tolerant and strict', () => {
    expect(['v1', '1.02', '1.2.3-a+b'].map((text) => formatVersion(parseMastermindsVersion(text) as SemanticVersion))).toEqual(['1.0.0', '1.2.0', '1.2.3-a+b'])
    expect(['v1.2.3', '1.2', '1.02.3', '1.2.3'].map((text) => parseMastermindsStrict(text) !== undefined)).toEqual([false, false, false, true])
  })

  test.each([
    ['^1.2', '1.9.0', true], ['^0.2.3', '0.3.0', false], ['^0.0.3', '0.0.3', true], ['~1.2', '1.2.9', true], ['~1', '1.9.0', true], ['1.2 - 2', '2.5.0', true],
    ['>=1.0, <2', '1.5.0', true], ['>=1.29.0-0', '1.33.0', true], ['>=1.0.0', '1.5.0-rc.1', false], ['>=1.0.0-0', '1.5.0-rc.1', true], ['>11', '11.1.0', false],
    ['!=1.2', '1.2.3', false], ['*', '3.0.0', true], ['1 || 3', '3.4.5', true], ['=>2', '2.0.0', true],
  ])('%s holds for %s: %s', (constraint, version, holds) => {
    expect(parseMastermindsConstraint(constraint)?.(parseMastermindsVersion(version) as SemanticVersion)).toBe(holds)
  })

  test('hostile constraints take no time', () => {
    expect(parseMastermindsConstraint(`${'1 '.repeat(3000)}!`)).toBeUndefined()
    // Exponential work would run into the runner's own limit.
  })
})
