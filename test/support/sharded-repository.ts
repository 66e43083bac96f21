import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeTree } from './write-tree.ts'

const deployment = (name: string, more = '', image = 'theirs.example/a:1') => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
${more}spec:
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      hostNetwork: true
      containers:
      - name: app
        image: ${image}
        args: ["--big=12345678901234567890"]
      - name: proxy
        image: ours.example/b:1
        ports: [{containerPort: 80, hostPort: 80}]
`
const application = (name: string, path: string, server: string, namespace = name) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: ${name}, namespace: argocd}
spec:
  project: default
  source: {repoURL: https://git.example/x, path: ${path}, targetRevision: HEAD}
  destination: {server: "${server}", namespace: ${namespace}}
  syncPolicy: {syncOptions: [CreateNamespace=true], managedNamespaceMetadata: {labels: {tier: ${namespace === 'shop' ? 'gold' : 'none'}}}}
`
const clusterPolicy = (name: string, rules: string, more = '') => `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata:
  name: ${name}
  annotations: {policies.kyverno.io/title: "Title of ${name}", policies.kyverno.io/category: Some, policies.kyverno.io/severity: high, policies.kyverno.io/description: "Why ${name}"}
spec:
  validationFailureAction: Enforce
${more}  rules:
${rules}`

const policies = {
  'policies/registries.yaml': clusterPolicy('registries', `  - name: allowed
    match: {any: [{resources: {kinds: [Pod], namespaceSelector: {matchLabels: {tier: gold}}}}]}
    validate: {message: "only our registry, {{ request.object.metadata.name }}", pattern: {spec: {containers: [{image: "ours.example/*"}]}}}
`),
  'policies/looked-up.yaml': clusterPolicy('looked-up', `  - name: named
    match: {any: [{resources: {kinds: [ConfigMap]}}]}
    context: [{name: limits, configMap: {name: limits, namespace: shop}}, {name: count, apiCall: {urlPath: "/api/v1/namespaces/{{ request.namespace }}/configmaps", jmesPath: "items | length(@)"}}]
    validate: {message: "{{ limits.data.most }} of {{ count }}", deny: {conditions: {all: [{key: "{{ count }}", operator: GreaterThan, value: "{{ limits.data.most }}"}]}}}
  - name: unknown
    match: {any: [{resources: {kinds: [Service]}}]}
    context: [{name: there, apiCall: {urlPath: "/apis/nowhere.example/v1/things", jmesPath: "items[0]"}}]
    validate: {message: there, deny: {conditions: {all: [{key: "{{ there }}", operator: Equals, value: x}]}}}
`, '  validationFailureActionOverrides: [{action: Audit, namespaces: [other]}]\n'),
  'policies/changes.yaml': clusterPolicy('changes', `  - name: label
    match: {any: [{resources: {kinds: [Deployment]}}]}
    mutate: {patchStrategicMerge: {metadata: {labels: {+(team): "{{ request.namespace }}"}}}}
  - name: large
    match: {any: [{resources: {kinds: [Service]}}]}
    mutate: {patchesJson6902: "- {op: add, path: /spec/large, value: {n: 1234567890123456789, f: 1.5}}"}
  - name: quota
    match: {any: [{resources: {kinds: [Namespace]}}]}
    generate: {apiVersion: v1, kind: ConfigMap, name: made, namespace: "{{ request.object.metadata.name }}", synchronize: false, data: {data: {a: b}}}
`),
  'policies/host.yaml': `apiVersion: policies.kyverno.io/v1
kind: ValidatingPolicy
metadata: {name: no-host-network}
spec:
  validationActions: [Audit]
  matchConstraints: {resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]}
  validations: [{expression: "!object.spec.template.spec.?hostNetwork.orValue(false)", message: no host network}]
`,
  'policies/secrets.yaml': clusterPolicy('secrets', `  - name: opaque
    match: {any: [{resources: {kinds: [Secret]}}]}
    validate: {message: no passwords, pattern: {data: {X(password): "null"}}}
`),
  'policies/exception.yaml': `apiVersion: kyverno.io/v2
kind: PolicyException
metadata: {name: excused, namespace: shop}
spec: {exceptions: [{policyName: secrets, ruleNames: [opaque]}], match: {any: [{resources: {kinds: [Secret], names: [excused]}}]}}
`,
  'policies/broken.yaml': clusterPolicy('broken', '  - name: none\n    match: {any: [{resources: {kinds: [Pod]}}]}\n    validate: {message: m, patern: {a: b}}\n'),
}

const secret = (name: string) => `apiVersion: v1\nkind: Secret\nmetadata: {name: ${name}, namespace: shop}\ndata: {password: cGFzc3dvcmQ=}\n`

/** Applications and ApplicationSets over kustomizations and plain folders for two clusters, policies of many kinds among them, and one of everything that can go wrong. */
const files: Readonly<Record<string, string>> = {
  ...policies,
  'root/shop-eu.yaml': application('shop-eu', 'services/shop', 'https://eu', 'shop'), 'root/shop-us.yaml': application('shop-us', 'services/shop', 'https://us', 'shop'),
  'root/again.yaml': application('shop-again', 'services/shop', 'https://eu', 'shop'), 'root/broken.yaml': application('broken', 'services/broken', 'https://eu', 'other'),
  'root/set.yaml': `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: teams, namespace: argocd}
spec:
  generators: [{git: {repoURL: https://git.example/x, revision: HEAD, directories: [{path: teams/*}]}}]
  template:
    metadata: {name: "{{path.basename}}"}
    spec:
      project: default
      source: {repoURL: https://git.example/x, path: "{{path}}", targetRevision: HEAD}
      destination: {server: https://eu, namespace: "{{path.basename}}"}
`,
  'services/shop/kustomization.yaml': 'resources: [web.yaml, limits.yaml]\nnamePrefix: p-\nconfigMapGenerator: [{name: made, literals: [a=b]}]\n', 'services/shop/web.yaml': deployment('web'),
  'services/shop/limits.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: limits, namespace: shop}\ndata: {most: "1"}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n',
  'services/broken/kustomization.yaml': 'resources: [nowhere.yaml]\n',
  ...Object.fromEntries(['red', 'green', 'blue', 'white', 'black', 'pink'].map((team) => [`teams/${team}/all.yaml`,
    `${deployment('web', `  annotations:\n    presync.dev/ignore: |\n      no-host-network: a ${team} one\n      nothing-of-the-sort: not used\n      registries until 2020-01-01: over\n      no reason\n`)}---\n${deployment('other')}---\napiVersion: v1\nkind: Namespace\nmetadata: {name: ${team}, labels: {tier: ${team === 'red' ? 'gold' : 'lead'}}}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}\n---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 80}], unknownField: 12345678901234567890}\n`])),
  'loose/limits.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: limits, namespace: shop}\ndata: {most: "2"}\n',
  'loose/secrets.yaml': ['one', 'two', 'excused'].map(secret).join('---\n'),
  'loose/crd.yaml': `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: things.example.com}
spec:
  group: example.com
  scope: Cluster
  names: {kind: Thing, plural: things}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object, properties: {size: {type: integer}}}}}}}]
`,
  'loose/thing.yaml': 'apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: thing, namespace: dropped}\nspec: {size: large}\n',
  'loose/bad.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bad\n',
  '.presync-baseline.json': '{"apiVersion": "presync.dev/v1", "kind": "Baseline", "entries": []}\n',
}

/** Writes the repository; a branch `change` holds a change of `main`. */
export function writeShardedRepository(): string {
  const root = writeTree(files)
  const git = (...args: readonly string[]) => execFileSync('git', args, { cwd: root, env: { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', GIT_AUTHOR_NAME: 'a', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'a', GIT_COMMITTER_EMAIL: 'a@example.com' } })
  git('init', '-q', '-b', 'main')
  git('add', '.')
  git('commit', '-qm', 'base')
  git('checkout', '-qb', 'change')
  const write = (name: string, text: string) => writeFileSync(join(root, name), text)
  write('services/shop/web.yaml', deployment('web', '', 'theirs.example/a:2'))
  write('teams/red/more.yaml', deployment('more'))
  write('teams/green/all.yaml', deployment('web', '', 'ours.example/a:1').replace('      hostNetwork: true\n', ''))
  write('policies/strict.yaml', clusterPolicy('strict', '  - name: owned\n    match: {any: [{resources: {kinds: [Secret, ConfigMap]}}]}\n    validate: {message: an owner is required, pattern: {metadata: {labels: {owner: "?*"}}}}\n'))
  git('add', '.')
  git('commit', '-qm', 'change')
  return root
}
