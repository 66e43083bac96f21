import { expect, test } from 'vitest'
import { parseManifests } from '../../../src/manifest/index.ts'
import { builtinPolicies } from '../../../src/pipeline/builtin-policies/index.ts'
import { parsePolicies } from '../../../src/policy/index.ts'

test.each(Object.entries(builtinPolicies))('%s holds policies that Kyverno takes, and only audits', (name, text) => {
  const manifests = parseManifests(text, name)
  const { policies, problems } = parsePolicies(manifests.resources)
  expect([...manifests.problems, ...problems]).toEqual([])
  expect(policies.length).toBeGreaterThan(0)
  for (const policy of policies) {
    expect(policy.kind).toBe('ClusterPolicy')
    if (policy.kind !== 'ClusterPolicy') continue
    for (const { body } of policy.rules) expect(body).toMatchObject({ type: 'validate', failureAction: 'Audit', message: expect.stringMatching(/.\.$/) })
  }
})
