import { describe, expect, test } from 'vitest'
import { knownKinds, readCustomKind, withKinds } from '../../../src/kubernetes/kinds.ts'

describe('known kinds', () => {
  test.each([
    ['', 'Pod', 'pods', 'Namespaced'],
    ['', 'Endpoints', 'endpoints', 'Namespaced'],
    ['', 'Namespace', 'namespaces', 'Cluster'],
    ['apps', 'Deployment', 'deployments', 'Namespaced'],
    ['networking.k8s.io', 'NetworkPolicy', 'networkpolicies', 'Namespaced'],
    ['networking.k8s.io', 'IngressClass', 'ingressclasses', 'Cluster'],
    ['rbac.authorization.k8s.io', 'ClusterRole', 'clusterroles', 'Cluster'],
    ['apiextensions.k8s.io', 'CustomResourceDefinition', 'customresourcedefinitions', 'Cluster'],
    ['apiregistration.k8s.io', 'APIService', 'apiservices', 'Cluster'],
    ['policy', 'PodSecurityPolicy', 'podsecuritypolicies', 'Cluster'],
    ['argoproj.io', 'Application', 'applications', 'Namespaced'],
    ['kyverno.io', 'ClusterPolicy', 'clusterpolicies', 'Cluster'],
    ['cert-manager.io', 'ClusterIssuer', 'clusterissuers', 'Cluster'],
    ['gateway.networking.k8s.io', 'HTTPRoute', 'httproutes', 'Namespaced'],
    ['velero.io', 'Schedule', 'schedules', 'Namespaced'],
  ])('%s %s is %s, %s', (group, kind, plural, scope) => {
    expect(knownKinds().find(group, kind)).toMatchObject({ plural, scope })
    expect(knownKinds().findByPlural(group, plural)).toMatchObject({ kind })
  })

  test('versions carry the minors that serve them', () => {
    const versions = knownKinds().find('flowcontrol.apiserver.k8s.io', 'FlowSchema')?.versions
    expect(versions).toContainEqual({ name: 'v1', builtIn: true, since: 29 })
    expect(versions).toContainEqual({ name: 'v1beta2', builtIn: true, until: 28 })
  })

  test('an unknown kind is not guessed', () => {
    expect(knownKinds().find('apps', 'deployment')).toBeUndefined()
    expect(knownKinds().find('', 'constructor')).toBeUndefined()
  })

  test('kinds of CustomResourceDefinitions come on top', () => {
    const definition = {
      spec: { group: 'example.dev', scope: 'Cluster', names: { kind: 'Widget', plural: 'widgets' },
        versions: [{ name: 'v1', served: true }, { name: 'v1alpha1', served: false }] },
    }
    const facts = readCustomKind(definition)
    expect(facts).toEqual({ group: 'example.dev', kind: 'Widget', plural: 'widgets', scope: 'Cluster', versions: [{ name: 'v1' }] })
    const table = withKinds(knownKinds(), [facts!, { group: '', kind: 'Pod', plural: 'pods', scope: 'Cluster', versions: [] }])
    expect(table.find('example.dev', 'Widget')).toBe(facts)
    expect(table.find('', 'Pod')?.scope).toBe('Cluster')
    expect(table.find('', 'Service')?.plural).toBe('services')
    expect([...table.all()].filter(({ kind }) => kind === 'Pod')).toHaveLength(1)
    expect(readCustomKind({ spec: { group: 'example.dev' } })).toBeUndefined()
  })
})
