import { expect, test } from 'vitest'
import { applyKyvernoDefaults } from '../../../src/kubernetes/kyverno-defaults.ts'

const policy = {
  apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'a' },
  spec: { background: false, rules: [{ name: 'r', validate: { pattern: {} } }, { name: 's', verifyImages: [{ required: false }] }] },
}

test('a policy of an old engine', () => {
  expect(applyKyvernoDefaults(policy, '1.11')).toMatchObject({
    spec: {
      admission: true, background: false, validationFailureAction: 'Audit',
      rules: [{ skipBackgroundRequests: true, validate: { pattern: {} } }, { verifyImages: [{ mutateDigest: true, required: false, useCache: true, verifyDigest: true }] }],
    },
  })
  expect(applyKyvernoDefaults(policy, '1.11')).not.toHaveProperty('spec.emitWarning')
})

test('later engines fill in more, and only into what is there', () => {
  const filled = applyKyvernoDefaults(policy)
  expect(filled).toMatchObject({ spec: { emitWarning: false, rules: [{ validate: { allowExistingViolations: true } }, { name: 's' }] } })
  expect(filled).not.toHaveProperty('spec.rules.0.validate.cel')
  expect(filled).not.toHaveProperty('spec.rules.1.validate')
})

test('a default inside a default', () => {
  const mutating = { apiVersion: 'policies.kyverno.io/v1', kind: 'MutatingPolicy', metadata: { name: 'a' }, spec: { evaluation: { mutateExisting: {} } } }
  expect(applyKyvernoDefaults(mutating)).toMatchObject({ spec: { evaluation: { mutateExisting: { enabled: false } } } })
})

test('other resources and the input are left alone', () => {
  const pod = { apiVersion: 'v1', kind: 'Pod' }
  expect(applyKyvernoDefaults(pod)).toBe(pod)
  expect(policy.spec).not.toHaveProperty('admission')
})
