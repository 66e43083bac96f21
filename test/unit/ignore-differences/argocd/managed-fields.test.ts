import { describe, expect, test } from 'vitest'
import { parseFieldSet, unite } from '../../../../src/ignore-differences/argocd/field-set.ts'
import { compareStates, type CompareOptions } from '../../../../src/ignore-differences/index.ts'
import type { JsonObject } from '../../../../src/model/json.ts'
import { formatPointer } from '../../../../src/patch/json-pointer.ts'

const compare = (target: JsonObject, live: JsonObject, options: CompareOptions) => {
  const { modified, differences } = compareStates(options).compare(target, live)
  return modified ? differences.map(formatPointer) : 'Synced'
}
const deployment = (container: JsonObject, managedFields?: JsonObject[]): JsonObject => ({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd', ...(managedFields && { managedFields }) },
  spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'c', image: 'nginx:1', ...container }] } } },
})
const widget = (spec: JsonObject, managedFields?: JsonObject[]): JsonObject => ({
  apiVersion: 'example.com/v1', kind: 'Widget', metadata: { name: 'w', ...(managedFields && { managedFields }) }, spec,
})
const entry = (manager: string, fieldsV1: JsonObject, operation = 'Update'): JsonObject => ({ manager, operation, apiVersion: 'apps/v1', fieldsType: 'FieldsV1', fieldsV1 })

describe('managedFieldsManagers', () => {
  const image = { 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"c"}': { '.': {}, 'f:image': {} } } } } } }
  const ignore = (manager: string): CompareOptions => ({ ignoreDifferences: [{ group: 'apps', kind: 'Deployment', managedFieldsManagers: [manager] }] })

  test('what a trusted manager changed is not seen, what it did not is', () => {
    const live = deployment({ image: 'registry/nginx:1' }, [entry('kyverno', image)])
    expect(compare(deployment({}), live, ignore('kyverno'))).toBe('Synced')
    expect(compare(deployment({}), live, ignore('other'))).toEqual(['/spec/template/spec/containers/0/image'])
    expect(compare(deployment({ workingDir: '/a' }), deployment({ image: 'x', workingDir: '/b' }, [entry('kyverno', image)]), ignore('kyverno'))).toEqual(['/spec/template/spec/containers/0/workingDir'])
  })

  test('objects that do not fit the schema stay as they are', () => {
    const live = deployment({ image: 'x:1', mystery: 1 }, [entry('kyverno', image)])
    expect(compare(deployment({}), live, ignore('kyverno'))).toEqual(['/spec/template/spec/containers/0/image'])
  })

  test('the list of a custom resource is one value', () => {
    const options: CompareOptions = { ignoreDifferences: [{ group: 'example.com', kind: 'Widget', managedFieldsManagers: ['m'] }] }
    expect(compare(widget({ l: [1], a: 1 }), widget({ l: [2], a: 2 }, [entry('m', { 'f:spec': { 'f:l': {} } })]), options)).toEqual(['/spec/a'])
    expect(compare(widget({ a: 1 }), widget({ a: 2 }, [entry('m', { 'f:spec': { 'f:a': {} } })]), options)).toBe('Synced')
  })
})

describe('ServerSideApply=true', () => {
  const applied = (fieldsV1: JsonObject): JsonObject => entry('argocd-controller', fieldsV1, 'Apply')

  test('what Argo CD applied before and applies no more goes, unless somebody else has it too', () => {
    const before = applied({ 'f:spec': { 'f:a': {}, 'f:b': {} } })
    expect(compare(widget({ a: 1 }), widget({ a: 1, b: 2 }, [before]), { serverSideApply: true })).toEqual(['/spec/b'])
    expect(compare(widget({ a: 1 }), widget({ a: 1, b: 2 }, [before, entry('other', { 'f:spec': { 'f:b': {} } })]), { serverSideApply: true })).toBe('Synced')
    expect(compare(widget({ a: 1 }), widget({ a: 1, b: 2 }), { serverSideApply: true })).toBe('Synced')
  })

  test('defaults inside a list of a custom resource are seen', () => {
    expect(compare(widget({ l: [{ a: 1 }] }), widget({ l: [{ a: 1, b: 'default' }] }), { serverSideApply: true })).toEqual(['/spec/l/0/b'])
  })

  test('keyed lists merge, and a container that Git dropped goes', () => {
    const container = { '.': {}, 'f:name': {}, 'f:image': {} }
    const fields = { 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"c"}': container, 'k:{"name":"old"}': container } } } } }
    const live = deployment({}, [applied(fields)])
    const spec = live['spec'] as { template: { spec: { containers: JsonObject[] } } }
    spec.template.spec.containers.push({ name: 'old', image: 'x' }, { name: 'injected', image: 'y' })
    expect(compare(deployment({}), live, { serverSideApply: true })).toEqual(['/spec/template/spec/containers/1/image', '/spec/template/spec/containers/1/name', '/spec/template/spec/containers/2'])
  })

  test('a declared field goes with all that was applied of it', () => {
    const before = applied({ 'f:spec': { 'f:template': { 'f:spec': { 'f:containers': { 'k:{"name":"c"}': { '.': {}, 'f:name': {}, 'f:image': {}, 'f:resources': { 'f:limits': { 'f:cpu': {} } } } } } } } })
    const live = deployment({ resources: { limits: { cpu: '1' } } }, [before])
    expect(compare(deployment({}), live, { serverSideApply: true })).toEqual(['/spec/template/spec/containers/0/resources'])
  })

  test('null replaces a list that is one value, and the rules of a role are one', () => {
    const role = (rules: JsonObject[]): JsonObject => ({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'r' }, aggregationRule: { clusterRoleSelectors: [{}] }, rules })
    expect(compare(role([]), role([{ verbs: ['get'] }]), { serverSideApply: true })).toEqual(['/rules'])
  })

  test('a live object that says something twice cannot be compared', () => {
    const twice = deployment({ env: [{ name: 'A', value: '1' }, { name: 'A', value: '2' }] })
    expect(() => compare(deployment({}), twice, { serverSideApply: true })).toThrow('duplicate entries for key [name="A"]')
  })

  test('the resource can ask for it itself', () => {
    const target = widget({ l: [{ a: 1 }] })
    const asking = { ...target, metadata: { name: 'w', annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false, ServerSideApply=true' } } }
    expect(compare(asking, widget({ l: [{ a: 1, b: 1 }] }), {})).toContain('/spec/l/0/b')
  })

  test('what does not fit the schema cannot be compared', () => {
    expect(() => compare(deployment({ mystery: 1 }), deployment({}), { serverSideApply: true })).toThrow('mystery')
  })
})

test('field sets are read whatever the order of their keys', () => {
  const set = parseFieldSet({ 'f:ports': { 'k:{"protocol":"TCP","port":1}': { '.': {}, 'f:name': {} } } })
  expect([...set.children.get('f:ports')?.children.keys() ?? []]).toEqual(['k:{"port":1,"protocol":"TCP"}'])
  expect(unite(set, parseFieldSet({ 'f:ports': {} })).children.get('f:ports')?.member).toBe(true)
  expect(parseFieldSet('nonsense').children.size).toBe(0)
})
