import { describe, expect, it } from 'vitest'
import { compileKinds, parseKindSelector } from '../../../../src/engine/match/kind-selector.ts'

describe('parseKindSelector', () => {
  it.each([
    ['Pod', '*', '*', 'Pod', ''],
    ['*', '*', '*', '*', ''],
    ['*/*', '*', '*', '*', '*'],
    ['*/scale', '*', '*', '*', 'scale'],
    ['v1/Pod', '*', 'v1', 'Pod', ''],
    ['v1beta12/Thing', '*', 'v1beta12', 'Thing', ''],
    ['Pod/exec', '*', '*', 'Pod', 'exec'],
    ['Pod.exec', '*', '*', 'Pod', 'exec'],
    ['apps/Deployment', '*', '*', 'apps', 'Deployment'],
    ['apps/v1/Deployment', 'apps', 'v1', 'Deployment', ''],
    ['v1/Pod/exec', '*', 'v1', 'Pod', 'exec'],
    ['apps/v1/Deployment.scale', 'apps', 'v1', 'Deployment', 'scale'],
    ['tekton.dev/v1/Task', 'tekton.dev', 'v1', 'Task', ''],
    ['a/b/c/d/e', '', '', '', ''],
  ])('reads %s', (text, group, version, kind, subresource) => {
    expect(parseKindSelector(text)).toEqual({ group, version, kind, subresource })
  })
})

describe('compileKinds', () => {
  const pod = { group: '', version: 'v1', kind: 'Pod', subresource: '' }
  it.each([
    [['Pod'], pod, true], [['pod'], pod, false], [['P*'], pod, true], [['apps/*/*', 'v1/Pod'], pod, true],
    [['Pod'], { ...pod, subresource: 'exec' }, false], [['Pod/*'], { ...pod, subresource: 'exec' }, true],
    [['Pod/exec'], { ...pod, subresource: 'ephemeralcontainers' }, true], [[], pod, true],
  ])('%j on %j: %s', (kinds, subject, expected) => {
    const matcher = compileKinds(kinds)
    expect(matcher.matches(subject)).toBe(expected)
    if (expected) expect(matcher.mayMatch(subject.kind)).toBe(true)
  })
})
