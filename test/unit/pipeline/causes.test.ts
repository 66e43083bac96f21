import { describe, expect, test } from 'vitest'
import { computeEntries, proveEntries, type CompareOptions, type IgnoreDifference } from '../../../src/ignore-differences/index.ts'
import { parseManifests } from '../../../src/manifest/index.ts'
import { createClusterView } from '../../../src/pipeline/cluster-view.ts'
import { compilePolicies } from '../../../src/pipeline/evaluate.ts'
import { predictStates, type StatesPrediction } from '../../../src/pipeline/predict-states.ts'
import { createRunLookups } from '../../../src/pipeline/run-lookups.ts'
import { noSuppliedInputs } from '../../../src/pipeline/values-file.ts'
import { parsePolicies } from '../../../src/policy/index.ts'

interface Situation {
  readonly policies?: string
  readonly resources: string
  readonly kyverno?: string
  readonly byName?: boolean
}

async function predict({ policies = '', resources, kyverno = '1.19', byName = false }: Situation): Promise<StatesPrediction> {
  const set = parsePolicies(parseManifests(policies, 'policies.yaml').resources)
  expect(set.problems.filter(({ severity }) => severity === 'error')).toEqual([])
  const { compiled } = await compilePolicies(set)
  const parsed = parseManifests(resources, 'resources.yaml').resources
  const view = createClusterView(parsed, noSuppliedInputs)
  return predictStates(parsed, {
    policies: compiled, exceptions: [], view, inputs: noSuppliedInputs, runLookups: createRunLookups({ view, now: 1_790_000_000_000, seed: 1 }), kyvernoVersion: kyverno, byName,
  })
}

const rule = (name: string, kinds: string, body: string): string => `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: ${name}}
spec:
  rules:
  - name: ${name}-rule
    match: {any: [{resources: {kinds: [${kinds}]}}]}
    ${body}
`
const web = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      tolerations: [{key: a, operator: Exists}]
      containers: [{name: app, image: "nginx:1"}]
`
const policy = `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: {name: labels}
spec:
  rules:
  - name: check
    match: {any: [{resources: {kinds: [Pod]}}]}
    validate: {message: label, pattern: {metadata: {labels: {app: "?*"}}}}
`
const role = (rules: string): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: all}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {part-of: all}}]}
${rules}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: part, labels: {part-of: all}}
rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
`
const webhook = (bundle: string): string => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingWebhookConfiguration
metadata: {name: hook, annotations: {cert-manager.io/inject-ca-from: ns/cert}}
webhooks:
- name: a.example.com
  admissionReviewVersions: [v1]
  sideEffects: None
  clientConfig: {service: {name: s, namespace: n}${bundle}}
`
const key = String.raw`"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8nXRh950IZbRj8Ra/N9sbqOPZrfM\n5/KAQN0/KjHcorm/J5yctVd7iEcnessRQjU917hmKO6JWVGHpDguIyakZA==\n-----END PUBLIC KEY-----"`
const deployment = (paths: Partial<IgnoreDifference>): IgnoreDifference => ({ group: 'apps', kind: 'Deployment', name: 'web', namespace: 'shop', ...paths })

describe('every cause, its entries and their proofs', () => {
  test.each<[string, Situation, readonly IgnoreDifference[], CompareOptions?]>([
    ['a rule writes a value that Git sets', { policies: rule('scale', 'Deployment', 'mutate: {patchStrategicMerge: {spec: {replicas: 3}}}'), resources: web }, [deployment({ jsonPointers: ['/spec/replicas'] })]],
    ['a rule for Pods reaches their controllers', { policies: rule('image', 'Pod', 'mutate: {patchStrategicMerge: {spec: {containers: [{(name): "*", image: "mirror/nginx:1"}]}}}'), resources: web },
      [deployment({ jqPathExpressions: ['.spec.template.spec.containers[] | select(.name == "app") | .image'] })]],
    ['a rule only adds', { policies: rule('label', 'Deployment', 'mutate: {patchStrategicMerge: {metadata: {labels: {team: shop}}, spec: {template: {spec: {containers: [{name: side, image: car}]}}}}}'), resources: web }, []],
    ['a rule appends to a list that is one value', { policies: rule('tolerate', 'Deployment', 'mutate: {patchesJson6902: "- {op: add, path: /spec/template/spec/tolerations/-, value: {key: b, operator: Exists}}"}'), resources: web },
      [deployment({ jqPathExpressions: ['.spec.template.spec.tolerations[] | select(.key == "b")'] })]],
    ['an image is verified and gets its digest', { policies: rule('signed', 'Pod', `verifyImages: [{imageReferences: ["*nginx*"], failureAction: Enforce, attestors: [{entries: [{keys: {publicKeys: ${key}}}]}]}]`), resources: web },
      [deployment({ jqPathExpressions: ['.spec.template.spec.containers[] | select(.name == "app") | .image'] })]],
    ['a rule changes what exists already', {
      policies: rule('background', 'ConfigMap', 'mutate: {targets: [{apiVersion: apps/v1, kind: Deployment, name: web, namespace: shop}], patchStrategicMerge: {spec: {replicas: 5}}}'),
      resources: `${web}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: trigger, namespace: shop}\n`,
    }, [deployment({ jsonPointers: ['/spec/replicas'] })]],
    ['Kyverno before 1.9 writes rules into policies', { resources: policy, kyverno: '1.7' }, [{ group: 'kyverno.io', kind: 'ClusterPolicy', jqPathExpressions: ['.spec.rules[] | select( .name | startswith("autogen-") )'] }]],
    ['the same, by the names of the rules', { resources: policy, kyverno: '1.8', byName: true }, [{
      group: 'kyverno.io', kind: 'ClusterPolicy', name: 'labels', jqPathExpressions: ['.spec.rules[] | select(.name == "autogen-check")', '.spec.rules[] | select(.name == "autogen-cronjob-check")'],
    }]],
    ['the same, in namespaces', { resources: policy.replace('ClusterPolicy', 'Policy').replace('name: labels', 'name: labels, namespace: shop'), kyverno: '1.7' }, [{ group: 'kyverno.io', kind: 'Policy', jqPathExpressions: ['.spec.rules[] | select( .name | startswith("autogen-") )'] }]],
    ['Kyverno since 1.9 keeps them to itself', { resources: policy, kyverno: '1.9' }, []],
    ['defaults of a policy, compared on the side of the client', { resources: policy }, []],
    ['defaults of a policy, with ServerSideApply=true', { resources: policy }, [{
      group: 'kyverno.io', kind: 'ClusterPolicy', name: 'labels',
      jqPathExpressions: ['.spec.rules[] | select(.name == "check") | .skipBackgroundRequests', '.spec.rules[] | select(.name == "check") | .validate.allowExistingViolations'],
    }], { serverSideApply: true }],
    ['rules of an aggregated role, empty in Git', { resources: role('rules: []\n') }, [{ group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'all', jsonPointers: ['/rules'] }]],
    ['rules of an aggregated role, left to the cluster', { resources: role('') }, []],
    ['rules of an aggregated role, where the setting is on', { resources: role('rules: []\n') }, [], { ignoreAggregatedRoles: true }],
    ['a certificate that Git leaves out', { resources: webhook('') }, []],
    ['a certificate that Git has', { resources: webhook(', caBundle: Cg==') }, [{
      group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', name: 'hook', jqPathExpressions: ['.webhooks[] | select(.name == "a.example.com") | .clientConfig.caBundle'],
    }]],
  ])('%s', async (_, situation, expected, options = {}) => {
    const states = (await predict(situation)).predictions.map(({ state }) => state)
    const entries = computeEntries(states, options).entries.map(({ entry }) => entry)
    expect(entries).toEqual(expected)
    expect(proveEntries(states, entries, options)).toMatchObject({ quiet: true, watchful: true, needed: true })
  })
})

test('a rule that changes its own outcome never settles', async () => {
  const policies = rule('count', 'Deployment', 'mutate: {patchesJson6902: "- {op: add, path: /spec/template/spec/tolerations/-, value: {key: b, operator: Exists}}"}')
  const { predictions } = await predict({ policies, resources: web })
  expect(predictions).toMatchObject([{ unsettled: [{ kind: 'mutation', policy: 'ClusterPolicy count', rule: 'count-rule' }] }])
})

test('what a rule generates and Git has too is found', async () => {
  const policies = rule('make', 'Namespace', 'generate: {apiVersion: v1, kind: ConfigMap, name: made, namespace: "{{request.object.metadata.name}}", synchronize: true, data: {data: {a: "1"}}}')
  const { generated } = await predict({ policies, resources: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: made, namespace: shop}\ndata: {a: "2"}\n' })
  expect(generated).toMatchObject([{ resource: { id: { kind: 'ConfigMap', name: 'made' } }, cause: { policy: 'ClusterPolicy make' } }])
})
