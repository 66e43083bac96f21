import { expect, test } from 'vitest'
import type { JsonObject } from '../../../../src/model/json.ts'
import { checkResource } from '../../../../src/kubernetes/schema/check-resource.ts'

const check = (object: JsonObject, kubeVersion: string, strict = false) =>
  checkResource(object, { kubeVersion, strict }).map(({ severity, code, path, message }) => `${severity} ${code} ${path.join('.')}: ${message}`)

test.each<[string, JsonObject, string, string[]]>([
  ['a removed API version', { apiVersion: 'policy/v1beta1', kind: 'PodDisruptionBudget' }, '1.33',
    ['error REMOVED_API_VERSION apiVersion: policy/v1beta1 PodDisruptionBudget was removed in Kubernetes 1.25: use policy/v1 PodDisruptionBudget']],
  ['a deprecated API version', { apiVersion: 'flowcontrol.apiserver.k8s.io/v1beta3', kind: 'FlowSchema' }, '1.30',
    ['warning DEPRECATED_API_VERSION apiVersion: flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema is deprecated since Kubernetes 1.29 and removed in 1.32: use flowcontrol.apiserver.k8s.io/v1 FlowSchema']],
  ['a version that never was', { apiVersion: 'v2', kind: 'Pod' }, '1.33', ['error UNKNOWN_API_VERSION apiVersion: Kubernetes 1.33 does not serve v2 Pod: use v1 Pod']],
  ['an unknown kind', { apiVersion: 'example.dev/v1', kind: 'Widget', spec: 1 }, '1.33', []],
  ['a misspelt kind', { apiVersion: 'apps/v1', kind: 'Deploymnet' }, '1.33', ['error UNKNOWN_KIND kind: Kubernetes 1.33 has no kind "Deploymnet" in apps: do you mean "Deployment"?']],
  ['a list', { apiVersion: 'v1', kind: 'PodList', items: [] }, '1.33', []],
  ['a wrong type', { apiVersion: 'v1', kind: 'ConfigMap', data: { a: 1 } }, '1.33', ['error WRONG_TYPE data.a: must be a string, not integer 1']],
])('%s', (_, object, kubeVersion, expected) => {
  expect(check(object, kubeVersion)).toEqual(expected)
})

test('undeclared fields count when asked', () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', dta: {} }
  expect(check(object, '1.33')).toEqual([])
  expect(check(object, '1.33', true)).toEqual(['error UNKNOWN_FIELD dta: unknown field "dta": do you mean "data"?'])
})
