import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { loadPolicies } from '../../../src/pipeline/load-policies.ts'
import type { PolicySet } from '../../../src/pipeline/policy-set.ts'
import { SourceTexts } from '../../../src/pipeline/source-texts.ts'
import { writeTree } from '../../support/write-tree.ts'

const policy = (name: string): string => `apiVersion: kyverno.io/v1
kind: ClusterPolicy
metadata: { name: ${name} }
spec:
  rules:
    - name: r
      match: { any: [{ resources: { kinds: [Pod] } }] }
      validate: { message: m, pattern: { spec: { =(hostNetwork): false } } }
`
const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n'
let cwd: string

beforeAll(() => {
  cwd = writeTree({
    'set/a.yaml': policy('a'), 'set/deep/b.yml': policy('b'), 'set/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n',
    'set/.kyverno-test/resource.yaml': pod, 'set/about.yaml': 'title: about these policies\n', 'mixed/a.yaml': policy('a'), 'mixed/pod.yaml': pod,
    'empty/notes.txt': 'none', 'pod.yaml': pod, 'repository/policies/c.yaml': policy('old'),
  })
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: join(cwd, 'repository'), stdio: 'ignore' })
  }
  git('init', '--quiet', '--initial-branch=main')
  git('add', '.')
  git('commit', '--quiet', '-m', 'first')
  git('tag', 'v1')
  execFileSync('sh', ['-c', `sed -i.bak s/old/new/ policies/c.yaml && rm policies/c.yaml.bak`], { cwd: join(cwd, 'repository') })
  git('commit', '--quiet', '-am', 'second')
})

const load = (source: string, offline = false): Promise<PolicySet> => loadPolicies([source], { cwd, texts: new SourceTexts(), offline })
const names = (set: PolicySet): readonly string[] => set.policies.map(({ name }) => name)

test('a folder: what is no policy counts for nothing, tools and tests are passed over', async () => {
  const set = await load('set/')
  expect(names(set)).toEqual(['a', 'b'])
  expect(set.problems).toEqual([])
  expect(set.policies.map(({ source }) => source?.file)).toEqual(['set/a.yaml', 'set/deep/b.yml'])
})

test('a resource among policies is mentioned', async () => {
  expect((await load('mixed')).problems).toMatchObject([{ code: 'NO_POLICY', severity: 'warning', message: 'no policy in mixed/pod.yaml, though among policies' }])
})

test.each([
  ['pod.yaml', 'NO_POLICY'], ['empty', 'NO_POLICY'], ['nowhere', 'POLICY_NOT_FOUND'], ['builtin:none', 'POLICY_NOT_FOUND'], ['builtin:__proto__', 'POLICY_NOT_FOUND'],
])('%s yields nothing, which is an error', async (source, code) => {
  const set = await load(source)
  expect(set.policies).toEqual([])
  expect(set.problems.filter(({ severity }) => severity === 'error').map((problem) => problem.code)).toEqual([code])
})

test('a git address: default branch, tag, folder', async () => {
  const url = `file://${cwd}/repository`
  expect(names(await load(url))).toEqual(['new'])
  expect(names(await load(`${url}//policies@v1`))).toEqual(['old'])
  expect((await load(`${url}@v2`)).problems).toMatchObject([{ code: 'GIT_FAILED', severity: 'error' }])
  expect((await load(`${url}//../..`)).problems).toMatchObject([{ code: 'OUTSIDE_REPOSITORY', severity: 'error' }])
  expect((await load(url, true)).problems).toMatchObject([{ code: 'OFFLINE', severity: 'error' }])
})
