import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/model/json.ts'
import { evaluateRule, evaluateRules, makeResource } from '../../../../support/evaluate-rule.ts'

const each = (entry: JsonObject, list = 'request.object.spec.containers'): JsonObject => ({ validate: { message: 'm', foreach: [{ list, ...entry }] } })
const denyWhen = (key: string, value: string, operator = 'Equals') => ({ deny: { conditions: { all: [{ key, operator, value }] } } })
const match = { any: [{ resources: { kinds: ['Pod'] } }] }

describe('foreach', () => {
  it('holds every element against the check and says where the first one fails', () => {
    expect(evaluateRule(each({ pattern: { image: '!*:latest' } }))).toMatchObject({
      status: 'fail', message: 'validation failure: validation error: m. rule r failed at path /image/', violations: [{ path: ['spec', 'containers', 1, 'image'] }],
    })
    expect(evaluateRule(each({ pattern: { image: '*' } }))).toMatchObject({ status: 'pass', message: 'rule passed' })
  })

  it('finds elements again that an expression brought together', () => {
    expect(evaluateRule(each({ pattern: { image: '!*:latest' } }, 'request.object.spec.[initContainers, containers][]')))
      .toMatchObject({ violations: [{ path: ['spec', 'containers', 1, 'image'] }] })
  })

  it('places what a nested foreach finds', () => {
    const rule = each({ foreach: [{ list: 'element.ports', ...denyWhen('{{ element.containerPort }}', '80') }] })
    expect(evaluateRule(rule)).toMatchObject({ status: 'fail', violations: [{ path: ['spec', 'containers', 0, 'ports', 0, 'containerPort'] }] })
  })

  it('counts elements from zero, as an integer, under names by depth', () => {
    expect(evaluateRule(each(denyWhen('{{ elementIndex }}-{{ elementIndex0 }}-{{ element0.name }}', '1-1-side'))).status).toBe('fail')
    expect(evaluateRule(each(denyWhen('{{ elementIndex == `0` }}', 'true'))).status).toBe('pass')
  })

  it('says nothing where there are no elements, none that matter, or no such field', () => {
    const nothing = (rule: JsonObject) => evaluateRules([{ name: 'r', match, ...rule }]).results
    expect(nothing(each(denyWhen('a', 'a'), 'request.object.spec.volumes'))).toEqual([])
    expect(nothing(each({ preconditions: { all: [{ key: 'a', operator: 'Equals', value: 'b' }] }, ...denyWhen('a', 'a') }))).toEqual([])
    expect(nothing(each({ preconditions: { all: [{ key: '{{ element.nope }}', operator: 'Equals', value: 'b' }] }, ...denyWhen('a', 'a') }))).toEqual([])
  })

  it('is an error where the list cannot be evaluated for another reason', () => {
    expect(evaluateRule(each(denyWhen('a', 'a'), 'length(request.object.spec.nope)'))).toMatchObject({ status: 'error', message: expect.stringMatching(/^failed to evaluate list: /) as string })
  })

  it('holds scalars against the whole resource, unless told not to', () => {
    const images = 'request.object.spec.containers[].image'
    expect(evaluateRule(each({ pattern: { metadata: { name: 'web' } } }, images)).status).toBe('pass')
    expect(evaluateRule(each({ elementScope: true, pattern: { a: 'b' } }, images)).message).toMatch(/^failed to process foreach: cannot use elementScope=true/)
  })

  it('loads the context of each element anew', () => {
    const rule = each({ context: [{ name: 'who', variable: { value: '{{ element.name }}!' } }], ...denyWhen('{{ who }}', 'side!') })
    expect(evaluateRule(rule).status).toBe('fail')
  })

  it('takes anything but a list for a list of one', () => {
    const one = makeResource({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { x: 'y' } })
    expect(evaluateRule(each({ pattern: { x: 'z' } }, 'request.object.spec'), { trigger: { resource: one } })).toMatchObject({ violations: [{ path: ['spec', 'x'] }] })
  })
})
