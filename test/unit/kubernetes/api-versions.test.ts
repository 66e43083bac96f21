import { expect, test } from 'vitest'
import { findApiVersionLife } from '../../../src/kubernetes/api-versions.ts'

test.each([
  ['apps', 'v1', 'Deployment', '1.33', { state: 'served' }],
  ['extensions', 'v1beta1', 'Ingress', '1.33', { state: 'removed', removedIn: 22, replacement: 'networking.k8s.io/v1/Ingress' }],
  ['batch', 'v1beta1', 'CronJob', 'v1.24.3', { state: 'deprecated', deprecatedIn: 21, removedIn: 25, replacement: 'batch/v1/CronJob' }],
  ['policy', 'v1beta1', 'PodSecurityPolicy', '1.30', { state: 'removed', removedIn: 25 }],
  ['flowcontrol.apiserver.k8s.io', 'v1beta2', 'FlowSchema', '1.33', { state: 'removed', removedIn: 29, replacement: 'flowcontrol.apiserver.k8s.io/v1/FlowSchema' }],
  ['extensions', 'v1beta1', 'PodSecurityPolicy', '1.20', { state: 'removed', removedIn: 16, replacement: 'policy/v1beta1/PodSecurityPolicy' }],
  ['flowcontrol.apiserver.k8s.io', 'v1beta3', 'FlowSchema', '1.31.2', { state: 'deprecated', removedIn: 32 }],
  ['flowcontrol.apiserver.k8s.io', 'v1', 'FlowSchema', '1.28', { state: 'absent' }],
  ['apps', 'v2', 'Deployment', '1.33', { state: 'absent', replacement: 'apps/v1/Deployment' }],
  ['apiextensions.k8s.io', 'v1beta1', 'CustomResourceDefinition', '1.25', { state: 'removed', replacement: 'apiextensions.k8s.io/v1/CustomResourceDefinition' }],
] as const)('%s/%s %s in %s', (group, version, kind, kubeVersion, expected) => {
  expect(findApiVersionLife(group, version, kind, kubeVersion)).toMatchObject(expected)
})

test('custom resources do not come and go with Kubernetes', () => {
  expect(findApiVersionLife('argoproj.io', 'v1alpha1', 'Application', '1.33')).toBeUndefined()
  expect(findApiVersionLife('example.dev', 'v1', 'Widget', '1.33')).toBeUndefined()
  expect(findApiVersionLife('apps', 'v1', 'Deployment', 'latest')).toBeUndefined()
})
