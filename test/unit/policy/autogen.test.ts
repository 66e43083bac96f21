import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/model/json.ts'
import { computeRuleDocuments } from '../../../src/policy/index.ts'

const forPods = (body: JsonObject, match: JsonObject = { any: [{ resources: { kinds: ['Pod'] } }] }): JsonObject => ({ name: 'r', match, ...body })
const pattern = { validate: { message: 'm', pattern: { spec: { x: '1' } } } }
const names = (rules: readonly JsonObject[], annotation?: string, kind = '') =>
  computeRuleDocuments(rules, annotation === undefined ? {} : { 'pod-policies.kyverno.io/autogen-controllers': annotation }, kind).map(({ document }) => document['name'])

describe('computeRuleDocuments', () => {
  it.each([
    ['rules for every controller', undefined, '', ['r', 'autogen-r', 'autogen-cronjob-r']],
    ['only what concerns one kind', undefined, 'Deployment', ['r', 'autogen-r']],
    ['only what concerns a CronJob', undefined, 'CronJob', ['r', 'autogen-cronjob-r']],
    ['nothing for other kinds', undefined, 'Service', ['r']],
    ['nothing where the annotation says none', 'none', '', ['r']],
    ['only the annotated controllers', 'Job', '', ['r', 'autogen-r']],
    ['nothing for a controller that is not annotated', 'Job', 'Deployment', ['r']],
  ])('makes %s', (_, annotation, kind, expected) => {
    expect(names([forPods(pattern)], annotation, kind)).toEqual(expected)
  })

  it.each([
    ['a name', { any: [{ resources: { kinds: ['Pod'], names: ['x'] } }] }],
    ['a selector', { any: [{ resources: { kinds: ['Pod'], selector: {} } }] }],
    ['another kind in the same list', { any: [{ resources: { kinds: ['Pod', 'Service'] } }] }],
    ['Pod only with its version', { any: [{ resources: { kinds: ['v1/Pod'] } }] }],
  ])('makes nothing from a match with %s', (_, match) => {
    expect(names([forPods(pattern, match)])).toEqual(['r'])
  })

  it('wraps the pattern and rewrites paths wherever they stand', () => {
    const rule = forPods({ validate: { message: '{{ request.object.spec.a }} {{ request.object.metadata.name }}', pattern: { spec: { x: '{{ request.oldObject.spec.y }}' } } } })
    expect(computeRuleDocuments([rule], {}, 'CronJob')[1]?.document['validate']).toEqual({
      message: '{{ request.object.spec.jobTemplate.spec.template.spec.a }} {{ request.object.spec.jobTemplate.spec.template.metadata.name }}',
      pattern: { spec: { jobTemplate: { spec: { template: { spec: { x: '{{ request.oldObject.spec.jobTemplate.spec.template.spec.y }}' } } } } } },
    })
  })
})
