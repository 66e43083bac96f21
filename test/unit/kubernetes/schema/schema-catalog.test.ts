import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { JsonValue } from '../../../../src/model/json.ts'
import { applyApiDefaults } from '../../../../src/kubernetes/defaults/apply-api-defaults.ts'
import { knownKinds } from '../../../../src/kubernetes/kinds.ts'
import { mergeApplyConfiguration } from '../../../../src/kubernetes/schema/merge-apply-configuration.ts'
import { readMinor, schemaCatalog, schemaFor } from '../../../../src/kubernetes/schema/schema-catalog.ts'
import { validateObject } from '../../../../src/kubernetes/schema/validate-object.ts'

test.each([['1.28', 28], ['v1.33.4+k3s1', 33], ['1.37.2', 37], ['2.1', undefined], ['1', undefined], ['1.33rc', 33], ['latest', undefined]])('the minor of %s is %s', (version, minor) => {
  expect(readMinor(version)).toBe(minor)
})

test('versions that are not covered get the nearest', () => {
  expect([schemaCatalog('1.20').minor, schemaCatalog('1.99').minor, schemaCatalog().minor]).toEqual([28, 37, 37])
})

test('every kind has a schema in every version that serves it, and none in others', () => {
  const { missing, superfluous } = { missing: [] as string[], superfluous: [] as string[] }
  for (let minor = 28; minor <= 37; minor++) {
    const catalog = schemaCatalog(`1.${minor}`)
    for (const { group, kind, versions } of knownKinds().all()) {
      for (const { name, builtIn, since = 0, until = 99 } of versions) {
        const schema = catalog.find(group, name, kind)
        if (builtIn !== true) continue
        if (since <= minor && minor <= until && schema?.field('metadata') === undefined) missing.push(`${minor} ${group}/${name} ${kind}`)
        if ((minor < since || until < minor) && schema !== undefined) superfluous.push(`${minor} ${group}/${name} ${kind}`)
      }
    }
  }
  expect(missing).toEqual([])
  expect(superfluous).toEqual([])
})

test('no object, however wrong, makes the schemas fail', () => {
  const kinds = [['', 'v1', 'Pod'], ['apps', 'v1', 'StatefulSet'], ['batch', 'v1', 'Job'], ['', 'v1', 'Service'], ['argoproj.io', 'v1alpha1', 'Application']] as const
  const fields = fc.constantFrom('spec', 'metadata', 'template', 'containers', 'labels', 'annotations', 'ports', 'resources', 'limits', 'status', 'volumes', '__proto__', 'name')
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof({ maxDepth: 7 }, fc.constantFrom<JsonValue>(null, '', 'x', 0, -1, 1.5, true), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(fields, tie('value'), { maxKeys: 4 })),
  }))
  fc.assert(fc.property(fc.constantFrom(...kinds), fc.dictionary(fields, value), ([group, version, kind], body) => {
    const object = { ...body, apiVersion: group === '' ? version : `${group}/${version}`, kind }
    const schema = schemaFor(group, version, kind)!
    validateObject(schema, object)
    applyApiDefaults(object)
    try {
      mergeApplyConfiguration(schema, { spec: {} }, object)
    } catch (error) {
      expect(error).toMatchObject({ code: 'INVALID_PATCH' })
    }
  }), { numRuns: 300 })
})
