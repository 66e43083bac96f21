import { describe, expect, test } from 'vitest'
import { parseBlangRange, parseBlangTolerant, parseBlangVersion } from '../../../src/values/semver-blang.ts'
import { compareVersions, formatVersion, type SemanticVersion } from '../../../src/values/semver.ts'

describe('blang', () => {
  test.each(['v1.2.3', '1.2', '01.2.3', '1.2.3-', '1.2.3-01', '1.2.3+', '1.2.3.4', '', '1.2.x'])('%j is no version', (text) => {
    expect(parseBlangVersion(text)).toBeUndefined()
  })

  test('orders by precedence', () => {
    const ordered = ['1.0.0-1', '1.0.0-2', '1.0.0-10', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0', '1.0.1', '1.2.0', '2.0.0-rc.1', '2.0.0']
    const versions = ordered.map((text) => parseBlangVersion(text) as SemanticVersion)
    expect(versions.toReversed().toSorted(compareVersions).map(formatVersion)).toEqual(ordered)
  })

  test('tolerant', () => {
    expect(['v1', '01.02', ' 1.2.3 '].map((text) => formatVersion(parseBlangTolerant(text) as SemanticVersion))).toEqual(['1.0.0', '1.2.0', '1.2.3'])
  })

  test.each([
    ['>=1.0.0 <2.0.0', '1.5.0', true], ['>=1.0.0 <2.0.0', '2.0.0', false], ['<1.0.0 || >=3.0.0', '3.1.0', true], ['1.x', '1.9.9', true], ['!=1.2.x', '1.2.5', false],
    ['> 1.2.x', '1.3.0', true], ['!1.0.0', '1.0.1', true], ['<=1.x', '1.99.0', true],
  ])('%s holds for %s: %s', (range, version, holds) => {
    expect(parseBlangRange(range)?.(parseBlangVersion(version) as SemanticVersion)).toBe(holds)
  })

  test.each(['', 'bad', '||', '1.0.0 ||', '>=1', '~1.2.3', '1.x.3'])('%j is no range', (range) => {
    expect(parseBlangRange(range)).toBeUndefined()
  })
})
