import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { describe, expect, test } from 'vitest'
import { parseManifests } from '../../../src/manifest/index.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { builtinPolicies } from '../../../src/pipeline/builtin-policies/index.ts'
import { parsePolicies } from '../../../src/policy/index.ts'
import { evaluateManifests } from '../../support/evaluate-manifests.ts'

interface Cases {
  readonly good: readonly JsonObject[]
  readonly bad: readonly { readonly resource: JsonObject; readonly path?: string }[]
}

const apiVersions: Readonly<Record<string, string>> = {
  Deployment: 'apps/v1', StatefulSet: 'apps/v1', DaemonSet: 'apps/v1', Job: 'batch/v1', CronJob: 'batch/v1', Ingress: 'networking.k8s.io/v1',
  Role: 'rbac.authorization.k8s.io/v1', RoleBinding: 'rbac.authorization.k8s.io/v1', ClusterRole: 'rbac.authorization.k8s.io/v1', ClusterRoleBinding: 'rbac.authorization.k8s.io/v1',
}
const bestPractices = load(readFileSync(join(import.meta.dirname, '../../cases/builtin-policies/best-practices.yaml'), 'utf8')) as Readonly<Record<string, Cases>>

/** JSON is YAML too. */
function complete(resource: JsonObject): string {
  return JSON.stringify({ apiVersion: apiVersions[resource['kind'] as string] ?? 'v1', ...resource, metadata: { name: 'x', ...resource['metadata'] as JsonObject } })
}

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

describe('best practices', () => {
  const results = (policy: string, resource: JsonObject) =>
    evaluateManifests(builtinPolicies['best-practices'], complete(resource)).filter((result) => result.policy.name === policy)

  test('every policy has cases', () => {
    const { policies } = parsePolicies(parseManifests(builtinPolicies['best-practices'], 'x').resources)
    expect(policies.map(({ name }) => name).sort()).toEqual(Object.keys(bestPractices).sort())
  })

  for (const [policy, { good, bad }] of Object.entries(bestPractices)) {
    test.each(good)(`${policy} is content with %j`, (resource) => {
      expect(results(policy, resource).filter(({ status }) => status !== 'pass' && status !== 'skip')).toEqual([])
    })
    test.each(bad)(`${policy} complains of %j`, ({ resource, path }) => {
      const failures = results(policy, resource).flatMap((result) => (result.status === 'fail' ? [result.violations[0]] : []))
      expect(failures).toHaveLength(1)
      if (path !== undefined) expect(failures[0]?.path.join('.')).toBe(path)
      else expect(failures[0]?.path).not.toEqual([])
    })
  }
})

describe('pod security', () => {
  const template = { spec: { hostPID: true, containers: [{ name: 'a', securityContext: { privileged: true } }] } }
  const fails = (policy: keyof typeof builtinPolicies, resource: JsonObject) => evaluateManifests(builtinPolicies[policy], complete(resource))
    .flatMap((result) => (result.status === 'fail' ? result.violations.map(({ path }) => path.join('.')) : []))

  test('baseline tells each field, in Pods and in what makes them', () => {
    expect(fails('pod-security-baseline', { kind: 'Pod', ...template })).toEqual(['spec.hostPID', 'spec.containers.0.securityContext.privileged'])
    expect(fails('pod-security-baseline', { kind: 'CronJob', spec: { jobTemplate: { spec: { template } } } }))
      .toEqual(['spec.jobTemplate.spec.template.spec.hostPID', 'spec.jobTemplate.spec.template.spec.containers.0.securityContext.privileged'])
    expect(fails('pod-security-baseline', { kind: 'Pod', spec: { containers: [{ name: 'a', securityContext: null }] } })).toEqual([])
  })

  test('restricted asks for more', () => {
    const hardened = { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } }
    expect(fails('pod-security-restricted', { kind: 'Pod', spec: { containers: [{ name: 'a', securityContext: hardened }] } })).toEqual([])
    expect(fails('pod-security-restricted', { kind: 'Deployment', spec: { template: { spec: { containers: [{ name: 'a' }] } } } }))
      .toEqual(['allowPrivilegeEscalation', 'capabilities.drop', 'runAsNonRoot', 'seccompProfile.type'].map((field) => `spec.template.spec.containers.0.securityContext.${field}`))
  })
})
