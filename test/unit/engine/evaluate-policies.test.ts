import { describe, expect, it } from 'vitest'
import type { Environment } from '../../../src/engine/index.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import { LookupPending } from '../../../src/model/lookups.ts'
import { evaluateRule, evaluateRules, makeResource, pod } from '../../support/evaluate-rule.ts'

const match = { any: [{ resources: { kinds: ['Pod'] } }] }
const deny = (key: string, operator: string, value: unknown, message = 'denied') =>
  ({ validate: { message, deny: { conditions: { all: [{ key, operator, value }] } } } }) as JsonObject
const always = deny('a', 'Equals', 'a')

describe('a rule', () => {
  it('says nothing of what it does not match', () => {
    expect(evaluateRules([{ name: 'r', match: { any: [{ resources: { kinds: ['Service'] } }] }, ...always }]).results).toEqual([])
  })

  it('is skipped when its preconditions do not hold, with their messages', () => {
    expect(evaluateRule({ ...always, preconditions: { all: [{ key: 'a', operator: 'Equals', value: 'b', message: 'not b' }] } }))
      .toMatchObject({ status: 'skip', message: 'preconditions not met; not b' })
  })

  it('is an error when its preconditions cannot be evaluated', () => {
    expect(evaluateRule({ ...always, preconditions: { all: [{ key: '{{ request.object.nope }}', operator: 'Equals', value: 'b' }] } })).toMatchObject({
      status: 'error',
      message: 'failed to evaluate preconditions: failed to substitute variables in condition key: failed to resolve request.object.nope at path : JMESPath query failed: Unknown key "nope" in path',
      error: { code: 'UNRESOLVED_VARIABLE' },
    })
  })

  it('has an action of its own, or that of its policy, or that of an override', () => {
    const rule = { name: 'r', match, ...always }
    const action = (spec: JsonObject, changes: JsonObject = {}) => evaluateRules([{ ...rule, validate: { ...always['validate'] as JsonObject, ...changes } }], { spec }).results[0]?.failureAction
    expect(action({})).toBe('Audit')
    expect(action({ validationFailureAction: 'enforce' })).toBe('Enforce')
    expect(action({ validationFailureAction: 'Enforce' }, { failureAction: 'Audit' })).toBe('Audit')
    expect(action({ validationFailureActionOverrides: [{ action: 'Enforce', namespaces: ['sh*'] }] })).toBe('Enforce')
    expect(action({}, { failureActionOverrides: [{ action: 'Enforce', namespaces: ['other'] }] })).toBe('Audit')
  })

  it('carries its report properties, and keeps its message beside those for reports', () => {
    expect(evaluateRule({ ...always, reportProperties: { who: '{{ request.object.metadata.name }}', failMessage: 'No.' } }))
      .toMatchObject({ status: 'fail', message: expect.not.stringContaining('No.'), properties: { who: 'web', failMessage: 'No.' } })
  })
})

describe('numbers', () => {
  const rules = ['a', 'b', 'c'].map((name) => ({ name, match, ...deny('{{ request.object.spec.containers[0].ports[0].containerPort > `79` }}', 'Equals', true) }))
  const statuses = (situation = {}): readonly string[] => evaluateRules(rules, situation).results.map(({ status }) => status)

  it('are doubles for the first rule of a policy, and integers, which JMESPath does not compare, for those after it', () => {
    expect(statuses()).toEqual(['fail', 'pass', 'pass'])
  })

  it('stay doubles on the command line', () => {
    expect(statuses({ environment: { semantics: 'cli' } })).toEqual(['fail', 'fail', 'fail'])
  })
})

describe('applyRules: One', () => {
  it('stops at the first rule that passes or fails', () => {
    const skipped = { name: 'a', match, ...always, preconditions: { all: [{ key: 'a', operator: 'Equals', value: 'b' }] } }
    const rules = [skipped, { name: 'b', match, ...always }, { name: 'c', match, ...always }]
    expect(evaluateRules(rules, { spec: { applyRules: 'One' } }).results.map(({ rule }) => rule)).toEqual(['a', 'b'])
    expect(evaluateRules(rules).results.map(({ rule }) => rule)).toEqual(['a', 'b', 'c'])
  })
})

describe('autogen', () => {
  it('chooses the rules by the kind at hand', () => {
    const deployment = makeResource({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' }, spec: { template: { spec: { hostNetwork: true } } } })
    const rule = { name: 'r', match, validate: { message: 'm', pattern: { spec: { '=(hostNetwork)': 'false' } } } }
    const { results } = evaluateRules([rule], { trigger: { resource: deployment } })
    expect(results).toMatchObject([{ rule: 'autogen-r', status: 'fail', violations: [{ path: ['spec', 'template', 'spec', 'hostNetwork'] }] }])
  })
})

describe('a namespaced Policy', () => {
  it('is about its namespace only', () => {
    const policy = (namespace: string) => ({ policy: { kind: 'Policy', metadata: { name: 'p', namespace } } })
    expect(evaluateRules([{ name: 'r', match, ...always }], policy('shop')).results).toHaveLength(1)
    expect(evaluateRules([{ name: 'r', match, ...always }], policy('other')).results).toEqual([])
  })
})

describe('exceptions', () => {
  const exception = (changes: JsonObject = {}) => ({ exceptions: [{ exceptions: [{ policyName: 'p', ruleNames: ['r*'] }], match: { any: [{ resources: { kinds: ['Pod'], names: ['w*'] } }] }, ...changes }] })
  it('skip the rule, in Kyverno\'s words', () => {
    expect(evaluateRule(always, exception())).toMatchObject({ status: 'skip', message: 'rule is skipped due to policy exceptionsns/e0', exceptions: ['ns/e0'] })
  })
  it.each<[string, JsonObject]>([
    ['that name another rule', { exceptions: [{ policyName: 'p', ruleNames: ['x'] }] }],
    ['whose policy name is a wildcard', { exceptions: [{ policyName: '*', ruleNames: ['r'] }] }],
    ['that match something else', { match: { any: [{ resources: { kinds: ['Pod'], names: ['x'] } }] } }],
    ['for users, where the user is unknown', { match: { any: [{ resources: { kinds: ['Pod'] }, subjects: [{ kind: 'User', name: '*?' }] }] } }],
    ['whose conditions do not hold', { conditions: { all: [{ key: 'a', operator: 'Equals', value: 'b' }] } }],
    ['whose conditions cannot be evaluated', { conditions: { all: [{ key: '{{ request.object.nope }}', operator: 'Equals', value: 'b' }] } }],
  ])('%s do not', (_, changes) => {
    expect(evaluateRule(always, exception(changes)).status).toBe('fail')
  })
  it('do not forgive preconditions that cannot be evaluated', () => {
    expect(evaluateRule({ ...always, preconditions: { all: [{ key: '{{ request.object.nope }}', operator: 'Equals', value: 'b' }] } }, exception()).status).toBe('error')
  })
})

describe('an UPDATE', () => {
  const update = (old: JsonObject, spec: JsonObject = { validationFailureAction: 'Enforce' }) => ({ spec, trigger: { operation: 'UPDATE' as const, oldResource: makeResource({ ...pod.object, ...old }) } })
  const rule = deny('{{ request.object.metadata.name }}', 'Equals', 'web')
  it('is forgiven what the enforced rule found in the old object already', () => {
    expect(evaluateRule(rule, update({}))).toMatchObject({ status: 'skip', message: 'skipping the rule evaluation as pre-existing violations are allowed' })
  })
  it('is not forgiven what is new', () => {
    expect(evaluateRule(rule, update({ metadata: { name: 'other', namespace: 'shop' } })).status).toBe('fail')
  })
  it('is not forgiven where the rule only audits, or says so', () => {
    expect(evaluateRule(rule, update({}, {})).status).toBe('fail')
    expect(evaluateRule({ validate: { ...rule['validate'] as JsonObject, allowExistingViolations: false } }, update({})).status).toBe('fail')
  })
})

describe('a DELETE', () => {
  it('shows the object that goes as request.oldObject, under either name', () => {
    const situation = { trigger: { operation: 'DELETE' as const }, environment: { semantics: 'cli' as const } }
    expect(evaluateRule(deny('{{ request.object.metadata.name }}', 'Equals', 'web', '{{ request.operation }}'), situation)).toMatchObject({ status: 'fail', message: 'DELETE' })
    expect(evaluateRules([{ name: 'r', match, validate: { pattern: { spec: { x: 'y' } } } }], situation).results).toEqual([])
  })
})

describe('numbers', () => {
  const port = makeResource({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: { priority: 80 } })
  const matches = (semantics: 'cli' | 'cluster') => evaluateRule({ validate: { message: 'm', pattern: { spec: { priority: '8?' } } } }, { trigger: { resource: port }, environment: { semantics } }).status
  it('are int64 for patterns in a cluster and doubles for the CLI', () => {
    expect(matches('cluster')).toBe('pass')
    expect(matches('cli')).toBe('fail')
  })
  it('are doubles in expressions, in both', () => {
    for (const semantics of ['cli', 'cluster'] as const) {
      expect(evaluateRule(deny('{{ request.object.spec.priority > `79` }}', 'Equals', true), { trigger: { resource: port }, environment: { semantics } }).status).toBe('fail')
    }
  })
})

describe('look-ups', () => {
  const context = [{ name: 'cm', configMap: { name: 'a', namespace: 'b' } }]
  const lookups = (get: Environment['lookups']['get']) => ({ environment: { lookups: { now: 0, random: () => 0, get } } })
  it('are asked for only what is read', () => {
    const asked: unknown[] = []
    const situation = lookups((request) => { asked.push(request); return { data: { x: 'y' } } })
    expect(evaluateRule({ context, ...always }, situation).status).toBe('fail')
    expect(asked).toEqual([])
    expect(evaluateRule({ context, ...deny('{{ cm.data.x }}', 'Equals', 'y') }, situation).status).toBe('fail')
    expect(asked).toEqual([{ kind: 'configMap', namespace: 'b', name: 'a' }])
  })
  it('that are pending pass through', () => {
    const situation = lookups((request) => { throw new LookupPending(request) })
    expect(() => evaluateRule({ context, ...deny('{{ cm.data.x }}', 'Equals', 'y') }, situation)).toThrow(LookupPending)
  })
  it('that nobody answers are an error in a cluster; the CLI goes on without', () => {
    const rule = { context, ...deny("{{ cm.data.x || 'none' }}", 'Equals', 'none') }
    expect(evaluateRule(rule)).toMatchObject({ status: 'error', missing: [{ what: 'configMap' }] })
    expect(evaluateRule(rule, { environment: { semantics: 'cli' } })).toMatchObject({ status: 'fail', missing: [{ what: 'configMap' }] })
  })
})

describe('a rule that was decided without something it asks for', () => {
  const users = { exclude: { any: [{ clusterRoles: ['cluster-admin'] }] } }
  const selector = { exclude: { any: [{ resources: { kinds: ['Pod'], namespaceSelector: { matchLabels: { a: 'b' } } } }] } }
  const spec = { background: false }
  it('says so where it fails', () => {
    expect(evaluateRule({ ...users, ...always }, { spec })).toMatchObject({ status: 'fail', missing: [{ what: 'who asks' }] })
    expect(evaluateRule({ ...selector, ...always }, { spec })).toMatchObject({ status: 'fail', missing: [{ what: 'the labels of Namespace shop' }] })
    expect(evaluateRule(deny('{{ request.userInfo.username }}', 'Equals', 'x'), { spec })).toMatchObject({ status: 'error', missing: [{ what: 'who asks' }] })
  })
  it('says nothing where it passes, or where it was known', () => {
    expect(evaluateRule({ ...users, ...deny('a', 'Equals', 'b') }, { spec }).missing).toBeUndefined()
    expect(evaluateRule({ ...users, ...always }, { spec, trigger: { user: { username: 'bob' } } }).missing).toBeUndefined()
    expect(evaluateRule({ ...selector, ...always }, { spec, trigger: { namespaceLabels: { c: 'd' } } }).missing).toBeUndefined()
  })
})
