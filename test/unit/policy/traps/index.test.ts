import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../src/model/json.ts'
import { findTraps, parsePolicies } from '../../../../src/policy/index.ts'

const pods = { any: [{ resources: { kinds: ['Pod'] } }] }
const pattern = { validate: { message: 'm', pattern: { spec: { x: 'y' } } } }
const deny = (operator: string, value: unknown) => ({ validate: { message: 'm', deny: { conditions: { all: [{ key: '{{ request.object.spec.x }}', operator, value }] } } } }) as JsonObject

function codesOf(rule: JsonObject, annotation?: string): readonly string[] {
  const annotations = annotation === undefined ? {} : { 'pod-policies.kyverno.io/autogen-controllers': annotation }
  const object = { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'p', annotations }, spec: { rules: [{ name: 'r', match: pods, ...rule }] } }
  const { policies: [policy], problems } = parsePolicies([{ object, locate: () => undefined }])
  if (policy?.kind !== 'ClusterPolicy') throw new Error(problems.map(({ message }) => message).join('\n'))
  return findTraps(policy).map(({ code, severity }) => `${severity} ${code}`)
}

describe('findTraps', () => {
  it.each<[string, JsonObject, string | undefined, string]>([
    ['a controller with a space before it', pattern, 'Deployment, Job', 'UNKNOWN_CONTROLLER'],
    ['the name of the Pod in a rule that is carried over', { validate: { message: '{{ request.object.metadata.name }}', pattern: { spec: { x: 'y' } } } }, undefined, 'AUTOGEN_MOVES_PATH'],
    ['a rule for Pods that selects by name', { ...pattern, match: { any: [{ resources: { kinds: ['Pod'], names: ['x'] } }] } }, undefined, 'AUTOGEN_OFF'],
    ['a rule for v1/Pod', { ...pattern, match: { any: [{ resources: { kinds: ['v1/Pod'] } }] } }, undefined, 'AUTOGEN_OFF'],
    ['a large number in a list', deny('AnyIn', [1000680000]), undefined, 'LARGE_NUMBER'],
    ['a number in quotes as a list', deny('AnyNotIn', '7'), undefined, 'SCALAR_MEMBERSHIP'],
    ['thousandths that are minutes', deny('GreaterThan', '100m'), undefined, 'AMBIGUOUS_UNIT'],
    ['elementIndex against a literal', { validate: { message: 'm', foreach: [{ list: 'request.object.spec.containers', deny: { conditions: { all: [{ key: '{{ elementIndex == `0` }}', operator: 'Equals', value: true }] } } }] } }, undefined, 'INDEX_COMPARISON'],
    ['two conditions in a list of a patch', { mutate: { patchStrategicMerge: { spec: { containers: [{ '(name)': 'a', x: 'y' }, { '(name)': 'b', x: 'z' }] } } } }, undefined, 'SEVERAL_ANCHORED_ELEMENTS'],
    ['an empty map in a patch', { mutate: { patchStrategicMerge: { spec: { securityContext: {} } } } }, undefined, 'EMPTY_MAP_IN_PATCH'],
    ['level privileged', { validate: { podSecurity: { level: 'privileged' } } }, undefined, 'PRIVILEGED_LEVEL'],
  ])('warns of %s', (_, rule, annotation, code) => {
    expect(codesOf(rule, annotation)).toEqual([`warning ${code}`])
  })

  it.each<[string, JsonObject, string | undefined]>([
    ['a plain rule', pattern, undefined],
    ['the name with a default', { validate: { message: "{{ request.object.metadata.name || '' }}", pattern: { spec: { x: 'y' } } } }, undefined],
    ['autogen that is switched off', { validate: { message: '{{ request.object.metadata.name }}', pattern: { spec: { x: 'y' } } } }, 'none'],
    ['small numbers, lists in texts, other units', deny('AnyIn', [1, 'x']), undefined],
    ['a range', deny('AnyIn', '1-7'), undefined],
    ['a quantity that is no duration', deny('GreaterThan', '100Mi'), undefined],
  ])('has nothing against %s', (_, rule, annotation) => {
    expect(codesOf(rule, annotation)).toEqual([])
  })
})
