// Which published sources the Kubernetes data is made from. Every one is a Go module: pinned, checksummed by Go's checksum database, no build.
import { execFileSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One release a minor version; the newest patch release of each that the module proxy lists. */
export const kubernetesReleases = [
  '1.28.15', '1.29.6', '1.30.14', '1.31.14', '1.32.13', '1.33.13', '1.34.4', '1.35.4', '1.36.3', '1.37.2',
]

/** k8s.io/api carries the life of every API version: introduced, deprecated, removed, replaced by. */
export const apiModule = 'k8s.io/api@v0.37.2'

/** Custom resource definitions that GitOps repositories are full of. */
export const crdSources = [
  { module: 'github.com/kyverno/kyverno@v1.19.0', paths: ['config/crds'] },
  { module: 'github.com/argoproj/argo-cd/v3@v3.5.7', paths: ['manifests/crds'] },
  { module: 'github.com/argoproj/argo-rollouts@v1.8.5', paths: ['manifests/crds'] },
  { module: 'github.com/cert-manager/cert-manager@v1.21.2', paths: ['deploy/crds'] },
  { module: 'github.com/prometheus-operator/prometheus-operator@v0.85.0', paths: ['example/prometheus-operator-crd'] },
  { module: 'istio.io/api@v1.31.1', paths: ['kubernetes'] },
  { module: 'sigs.k8s.io/gateway-api@v1.6.3', paths: ['config/crd/standard'] },
]

/** Kyverno's own kinds get more defaults with every version, which is why its policies differ from Git. Those releases that the module proxy serves. */
export const kyvernoReleases = { module: 'github.com/kyverno/kyverno', paths: ['config/crds'], releases: ['1.11.5', '1.13.6', '1.14.4', '1.17.2', '1.18.2', '1.19.0'] }

/** Downloads a module (or finds it in Go's cache) and returns its folder. */
export function downloadModule(module) {
  const answer = execFileSync('go', ['mod', 'download', '-json', module], {
    cwd: mkdtempSync(join(tmpdir(), 'kubernetes-data-')), encoding: 'utf8', env: { ...process.env, GOFLAGS: '-mod=mod' },
  })
  return JSON.parse(answer).Dir
}
