import { describe, expect, test } from 'vitest'
import { platformConfigurationSchema } from '../../../src/cmp/platform-configuration.ts'
import { decideSettings } from '../../../src/cmp/settings.ts'

describe('an application can only be stricter', () => {
  test.each([
    ['enforce', 'audit', false, 'enforce'], ['enforce', 'policy', false, 'enforce'], ['audit', 'enforce', false, 'enforce'], ['policy', 'audit', false, 'policy'],
    ['enforce', 'audit', true, 'audit'], ['policy', undefined, false, 'policy'],
  ] as const)('platform %s, application %s, loosening allowed: %s → %s', (mode, wanted, allowed, expected) => {
    const settings = decideSettings({ mode, allow: { mode: allowed } }, 'p', wanted === undefined ? {} : { mode: wanted })
    expect(settings.mode).toBe(expected)
    expect(settings.refused.length).toBe(expected === (wanted ?? mode) ? 0 : 1)
  })

  test('exceptions, values and mutations of the repository count only where the platform says so', () => {
    const wanted = { exceptions: ['e.yaml'], policyValues: ['v.yaml'], policies: ['p.yaml'], applyMutations: true }
    const closed = decideSettings({}, 'p', wanted)
    expect(closed).toMatchObject({ repositoryExceptions: [], repositoryValues: [], repositoryPolicies: ['p.yaml'], applyMutations: false, allowEmpty: false, repositoryLookups: false })
    expect(closed.refused).toHaveLength(3)
    const open = decideSettings({ allow: { exceptions: true, policyValues: true, applyMutations: true } }, 'p', wanted)
    expect(open).toMatchObject({ repositoryExceptions: ['e.yaml'], repositoryValues: ['v.yaml'], applyMutations: true, refused: [] })
    expect(decideSettings({ repositoryPolicies: false }, 'p', wanted).repositoryPolicies).toEqual([])
  })

  test('a platform that says no wins over an application that says yes', () => {
    expect(decideSettings({ reportManifest: false, ignoreDifferences: 'off' }, 'p', { reportManifest: true, ignoreDifferences: 'annotate' })).toMatchObject({ reportManifest: false, ignoreDifferences: 'off' })
  })
})

test('settings of an AppProject: the exact name wins over wildcards', () => {
  const platform = { mode: 'policy' as const, projects: { 'team-*': { mode: 'enforce' as const, policies: ['/p'] }, 'team-lab': { mode: 'audit' as const } } }
  expect(decideSettings(platform, 'team-a', {})).toMatchObject({ mode: 'enforce', platformPolicies: ['/p'] })
  expect(decideSettings(platform, 'team-lab', {})).toMatchObject({ mode: 'audit', platformPolicies: ['/p'] })
  expect(decideSettings(platform, 'constructor', {})).toMatchObject({ mode: 'policy', deadlineMilliseconds: 45_000, onDeadline: 'refuse' })
})

test('the file is strict: a misspelt key is refused', () => {
  expect(platformConfigurationSchema.safeParse({ mod: 'enforce' }).success).toBe(false)
  expect(platformConfigurationSchema.safeParse({ projects: { a: { deadlineSeconds: 1 } } }).success).toBe(false)
  expect(platformConfigurationSchema.safeParse({ mode: 'enforce', projects: { a: { allow: { mode: true } } } }).success).toBe(true)
})
