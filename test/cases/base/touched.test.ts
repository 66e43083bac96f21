import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { compareWithMain, git, makeFolder, makeRepository, removeFolders, run, write, type Files } from '../../support/change-repository.ts'

afterAll(removeFolders)

const pod = (name: string, image: string, namespace = 'shop') => `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec:\n  containers:\n  - name: app\n    image: ${image}\n`
const [ours, theirs] = ['ours.example/a:1', 'theirs.example/a:1']
const application = (name: string, more: { path?: string; namespace?: string; paths?: string; sync?: string } = {}) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
  annotations: {argocd.argoproj.io/manifest-generate-paths: "${more.paths ?? ''}"}
spec:
  project: default
  source: {repoURL: https://git.example.com/x.git, targetRevision: HEAD, path: ${more.path ?? `apps/${name}`}}
  destination: {server: https://kubernetes.default.svc, namespace: ${more.namespace ?? 'shop'}}
  syncPolicy: {${more.sync ?? ''}}
`
const policy = (rule: string, name = 'registries') => `apiVersion: kyverno.io/v1\nkind: ClusterPolicy\nmetadata: {name: ${name}}\nspec:\n  validationFailureAction: Enforce\n  rules:\n  - name: allowed\n${rule}`
const pattern = (image: string) => `    validate: {message: refused, pattern: {spec: {containers: [{image: "${image}"}]}}}\n`
const everyPod = '    match: {any: [{resources: {kinds: [Pod]}}]}\n'
const policies = { 'policies/p.yaml': policy(everyPod + pattern('ours.example/*')) }
const guarded = { 'policies/p.yaml': policy(`    match: {any: [{resources: {kinds: [Pod], namespaceSelector: {matchLabels: {guarded: "yes"}}}}]}\n${pattern('ours.example/*')}`) }
const looked = { 'policies/p.yaml': policy(`${everyPod}    context: [{name: registry, configMap: {name: registries, namespace: shop}}]\n${pattern('{{ registry.data.allowed }}')}`) }
const namespace = (labels: string, name = 'shop') => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${name}, labels: {${labels}}}\n`
const configMap = (allowed: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: registries, namespace: shop}\ndata: {allowed: "${allowed}"}\n`
const exception = `apiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: {name: x, namespace: shop}\nspec:\n  exceptions: [{policyName: registries, ruleNames: [allowed]}]\n  match: {any: [{resources: {kinds: [Pod], names: [bad]}}]}\n`
const definition = (scope: string) => `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: things.x.example}\nspec: {group: x.example, scope: ${scope}, names: {kind: Thing, plural: things}, versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}}]}\n`

const apps = {
  ...policies, 'argocd/bad.yaml': application('bad'), 'argocd/good.yaml': application('good'),
  'apps/bad/pod.yaml': pod('bad', theirs), 'apps/good/pod.yaml': pod('good', ours),
}

interface Case {
  readonly main: Files
  readonly change?: Files
  /** Not committed. */
  readonly dirty?: Files
  readonly fresh?: readonly string[]
  readonly fixed?: readonly string[]
  readonly unchanged?: readonly string[]
  /** How many of how many sources are checked, or why everything. */
  readonly checked: RegExp
  readonly args?: readonly string[]
}

const some = (touched: number, all: number) => new RegExp(`^${touched} of ${all} sources were checked`)

const cases: Readonly<Record<string, Case>> = {
  'nothing': { main: apps, checked: some(0, 4) },
  'one Application': { main: apps, change: { 'apps/good/pod.yaml': pod('good', theirs) }, fresh: ['good'], checked: some(1, 4) },
  'one that fails in another line': { main: apps, change: { 'apps/bad/pod.yaml': `# moved\n${pod('bad', theirs)}` }, unchanged: ['bad'], checked: some(1, 4) },
  'an edit that is not committed': { main: apps, dirty: { 'apps/bad/pod.yaml': pod('bad', ours) }, fixed: ['bad'], checked: some(1, 4) },
  'a file that is not tracked': { main: apps, dirty: { 'apps/good/more.yaml': pod('more', theirs) }, fresh: ['more'], checked: some(1, 4) },
  'a folder that is not tracked': { main: apps, dirty: { 'apps/new/deep/pod.yaml': pod('new', theirs) }, fresh: ['new'], checked: some(1, 5) },
  'a file that git ignores': { main: { ...apps, '.gitignore': 'local.yaml\n' }, dirty: { 'apps/good/local.yaml': pod('local', theirs) }, fresh: ['local'], checked: some(1, 4) },
  'a deleted file': { main: { ...apps, 'apps/good/more.yaml': pod('more', theirs) }, change: { 'apps/good/more.yaml': null }, fixed: ['more'], checked: some(1, 4) },
  'a file that no source has': { main: apps, change: { 'apps/good/README.md': 'words\n' }, checked: some(0, 4) },
  'the policies': { main: apps, change: { 'policies/p.yaml': policy(everyPod + pattern('ours.example/b*')) }, fresh: ['good'], unchanged: ['bad'], checked: /^everything was checked.*: policies was changed/ },
  'the configuration': { main: { ...apps, '.presync.yaml': 'mode: policy\n' }, change: { '.presync.yaml': 'mode: audit\n' }, unchanged: ['bad'], checked: /\.presync\.yaml was changed/ },
  'policies of the tree': {
    main: apps, change: { 'policies/p.yaml': policy(everyPod + pattern('ours.example/b*')) }, args: ['.'], fresh: ['good'], unchanged: ['bad'], checked: /^everything was checked.*: policies or definitions/,
  },
  'policies of the tree that stay': { main: apps, change: { 'apps/good/pod.yaml': pod('good', theirs) }, args: ['.'], fresh: ['good'], checked: some(1, 4) },
  'an exception elsewhere': { main: { ...apps, 'exceptions/e.yaml': exception }, change: { 'exceptions/e.yaml': null }, fresh: ['bad'], checked: /^everything was checked/ },
  'an exception elsewhere that stays': { main: { ...apps, 'exceptions/e.yaml': exception }, change: { 'apps/bad/pod.yaml': `# moved\n${pod('bad', theirs)}` }, checked: some(1, 5) },
  'a Namespace that a selector looks at': {
    main: { ...apps, ...guarded, 'cluster/ns.yaml': namespace('guarded: "no"') }, change: { 'cluster/ns.yaml': namespace('guarded: "yes"') }, fresh: ['bad'], checked: /Namespaces were changed/,
  },
  'a Namespace that a sync creates': {
    main: { ...apps, ...guarded }, change: { 'argocd/bad.yaml': application('bad', { sync: 'syncOptions: [CreateNamespace=true], managedNamespaceMetadata: {labels: {guarded: "yes"}}' }) },
    fresh: ['bad'], checked: /Namespaces were changed/,
  },
  'a selector, and a Namespace that stays': {
    main: { ...apps, ...guarded, 'cluster/ns.yaml': namespace('guarded: "yes"') }, change: { 'apps/good/pod.yaml': pod('good', theirs) }, fresh: ['good'], checked: some(1, 5),
  },
  'a Namespace that nothing looks at': { main: { ...apps, 'cluster/ns.yaml': namespace('a: b') }, change: { 'cluster/ns.yaml': namespace('a: c') }, checked: some(1, 5) },
  'an object that is looked up': {
    main: { ...apps, ...looked, 'cluster/c.yaml': configMap('*') }, change: { 'cluster/c.yaml': configMap('ours.example/*') }, fresh: ['bad'], checked: /policies look at other objects/,
  },
  'the scope of a kind': {
    main: { ...apps, 'crds/c.yaml': definition('Namespaced'), 'apps/bad/thing.yaml': 'apiVersion: x.example/v1\nkind: Thing\nmetadata: {name: t}\n' }, change: { 'crds/c.yaml': definition('Cluster') },
    unchanged: ['bad'], checked: /definitions of kinds/,
  },
  "an Application's destination": { main: apps, change: { 'argocd/bad.yaml': application('bad', { namespace: 'other' }) }, unchanged: ['bad'], checked: some(2, 4) },
  'an Application that goes': { main: apps, change: { 'argocd/bad.yaml': null }, unchanged: ['bad'], checked: some(2, 4) },
  'an Application that takes over a folder': {
    main: { ...apps, 'argocd/bad.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n' }, change: { 'argocd/bad.yaml': application('bad') }, unchanged: ['bad'], checked: some(2, 4),
  },
  'paths that an annotation names': {
    main: { ...apps, 'argocd/good.yaml': application('good', { paths: '/shared' }), 'shared/x.txt': 'a' }, change: { 'shared/x.txt': 'b' }, checked: some(1, 4),
  },
  'the target of a link': {
    main: { ...apps, 'shared/pod.txt': pod('linked', ours), 'apps/good/linked.yaml': { link: '../../shared/pod.txt' } }, change: { 'shared/pod.txt': pod('linked', theirs) }, fresh: ['linked'], checked: some(1, 4),
  },
  'a link': {
    main: { ...apps, 'shared/a.txt': pod('linked', ours), 'shared/b.txt': pod('linked', theirs), 'apps/good/linked.yaml': { link: '../../shared/a.txt' } },
    change: { 'apps/good/linked.yaml': null }, checked: /a symbolic link was changed/, unchanged: ['bad'],
  },
  'the same resource once more': { main: apps, change: { 'apps/good/copy.yaml': pod('bad', theirs) }, fresh: ['bad'], checked: some(1, 4) },
  'one Application of several by name': { main: apps, change: { 'apps/good/pod.yaml': pod('good', theirs) }, args: ['.', '-p', 'policies', '--application', 'bad'], unchanged: ['bad'], checked: /^$/ },
}

describe.skipIf(process.platform === 'win32')('a change to', () => {
  test.each(Object.entries(cases))('%s', (_, { main, change = {}, dirty = {}, fresh = [], fixed = [], unchanged = [], checked, args = ['.', '-p', 'policies'] }) => {
    const root = makeRepository(main, change)
    write(root, dirty)
    const outcome = compareWithMain(root, ...args)
    expect(outcome.groups, outcome.stderr).toEqual([fresh, fixed, unchanged, []])
    expect(outcome.report.notices.find((notice) => /(?:sources were|everything was) checked/.test(notice)) ?? '').toMatch(checked)
    // What is left out has nothing that is new or gone.
    const { groups, status } = compareWithMain(root, ...args, '--full')
    expect([groups[0], groups[1], groups[3], status]).toEqual([fresh, fixed, [], outcome.status])
  })
})

test.skipIf(process.platform === 'win32')('a base changes what builds on it, and nothing else is rendered', () => {
  const overlay = (name: string) => ({ [`apps/${name}/kustomization.yaml`]: 'resources: [../../base]\n', [`argocd/${name}.yaml`]: application(name) })
  const root = makeRepository({
    ...policies, ...overlay('a'), ...overlay('b'), ...overlay('c'), 'base/kustomization.yaml': 'resources: [pod.yaml]\n', 'base/pod.yaml': pod('x', ours),
    'apps/other/kustomization.yaml': 'resources: [pod.yaml]\n', 'apps/other/pod.yaml': pod('other', theirs), 'argocd/other.yaml': application('other'),
  }, { 'base/pod.yaml': pod('x', theirs) })
  const [tools, calls] = [makeFolder(), makeFolder()]
  // Builds every overlay as its base under its own name, and leaves a file behind.
  writeFileSync(join(tools, 'kustomize'), `#!/bin/sh\nfor last in "$@"; do :; done\nmktemp ${calls}/XXXXXX > /dev/null\nif [ -f "$last/pod.yaml" ]; then cat "$last/pod.yaml"; else sed "s/name: x/name: $(basename "$last")/" "$last/../../base/pod.yaml"; fi\n`, { mode: 0o755 })
  const outcome = compareWithMain(root, '.', '-p', 'policies', '--kustomize', join(tools, 'kustomize'))
  expect(outcome.groups).toEqual([['a', 'b', 'c'], [], [], []])
  expect(outcome.report.notices).toContainEqual(expect.stringMatching(some(3, 6)))
  expect(run('ls', [calls], root).stdout.trim().split('\n')).toHaveLength(6)
})

test('files that git is told to overlook do not hide', () => {
  const root = makeRepository(apps, {})
  git(root, 'update-index', '--assume-unchanged', 'apps/good/pod.yaml')
  write(root, { 'apps/good/pod.yaml': pod('good', theirs) })
  const { groups, report } = compareWithMain(root, '.', '-p', 'policies')
  expect(groups).toEqual([['good'], [], ['bad'], []])
  expect(report.notices.join()).toContain('git is told to overlook some files')
})

test('what a submodule holds is compared as before', () => {
  const other = makeRepository({ 'pod.yaml': pod('sub', theirs) }, {})
  const root = makeRepository(apps, {})
  git(root, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', other, 'sub')
  const { report } = compareWithMain(root, '.', '-p', 'policies')
  expect(report.notices.join()).toMatch(/submodules are not checked out.*|the repository has submodules/)
})

test('a folder below the working tree is compared with its counterpart', () => {
  const root = makeRepository(apps, { 'apps/good/pod.yaml': pod('good', theirs) })
  const { groups } = compareWithMain(join(root, 'apps'), 'good', '-p', '../policies')
  expect(groups).toEqual([['good'], [], [], []])
})
