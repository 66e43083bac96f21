// A GitOps repository: 500 Applications, half overlays of a shared base, half plain folders, ten objects each; and a branch that touches five of them.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { run } from './measure.mjs'
import { resources } from './resources.mjs'

const applications = 500
const objects = resources(10).split(/^---\n/m).filter((text) => text.trim() !== '')

function write(root, path, text) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const isOverlay = (index) => index % 2 === 0
const application = (index) => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: app-${index}, namespace: argocd}
spec:
  project: default
  source: {repoURL: https://git.example.com/bench.git, targetRevision: HEAD, path: apps/app-${index}}
  destination: {server: https://kubernetes.default.svc, namespace: ns-${index}}
`

function git(root, ...args) {
  const { status, stderr } = spawnSync('git', ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com', '-c', 'gc.auto=0', ...args], { cwd: root, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

/** Makes the repository, on branch `change`. */
export function makeGitopsRepository(root) {
  write(root, 'base/kustomization.yaml', `resources:\n${objects.map((_, index) => `- object-${index}.yaml\n`).join('')}`)
  objects.forEach((text, index) => write(root, `base/object-${index}.yaml`, text))
  for (let index = 0; index < applications; index += 1) {
    write(root, `argocd/app-${index}.yaml`, application(index))
    if (isOverlay(index)) write(root, `apps/app-${index}/kustomization.yaml`, `resources: [../../base]\nnamePrefix: app-${index}-\n`)
    else write(root, `apps/app-${index}/all.yaml`, objects.join('---\n'))
  }
  write(root, '.presync.yaml', 'repositories: {"https://git.example.com/bench.git": .}\n')
  git(root, 'init', '-q', '-b', 'main')
  git(root, 'add', '.')
  git(root, 'commit', '-qm', 'base')
  git(root, 'checkout', '-qb', 'change')
  for (const index of [0, 1, 2, 3, 4]) write(root, isOverlay(index) ? `apps/app-${index}/kustomization.yaml` : `apps/app-${index}/all.yaml`, isOverlay(index)
    ? `resources: [../../base]\nnamePrefix: app-${index}-\ncommonAnnotations: {bench: touched}\n` : `${objects.join('---\n')}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: touched}\n`)
  git(root, 'commit', '-qam', 'change')
}

/** Time of the renderers alone: as many at once as there are processors. */
export async function renderersAlone(root, kustomize) {
  const folders = Array.from({ length: applications }, (_, index) => index).filter(isOverlay).map((index) => join(root, `apps/app-${index}`))
  return await run('sh', ['-c', `printf '%s\\n' "$@" | xargs -P ${availableParallelism()} -n 1 "$0" build > /dev/null`, kustomize, ...folders], { times: 1, expect: [0] })
}

/** Whole check and pull request, without and with what an earlier run kept. */
export async function checkGitops(root, presync, policy, kustomize) {
  const cache = join(root, '..', 'gitops-cache')
  const check = async (...args) => await run(process.execPath, [presync, 'check', '-p', policy, '--kustomize', kustomize, '--fail-on', 'never', '-o', 'json', ...args], { times: 1, expect: [0, 2], cwd: root })
  const whole = await check()
  rmSync(cache, { recursive: true, force: true })
  const cold = await check('--cache', cache, '--base', 'main')
  const warm = await check('--cache', cache, '--base', 'main')
  return { whole, cold, warm }
}
