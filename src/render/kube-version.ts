// Argo CD: reposerver/repository/repository.go (parseKubeVersion), k8s.io/apimachinery's version.ParseGeneric.
import { RenderError } from './render-error.ts'

/** What charts are told where nobody says which cluster they are for. */
export const defaultKubeVersion = '1.33.0'

/** `v1.31.2-gke.100` → `1.31.2`: what clouds append is no version that Helm understands. */
export function toPlainVersion(version: string): string {
  const found = /^\s*v?(\d+(?:\.\d+)+)(?:[-+].*)?\s*$/.exec(version)?.[1]
  if (found === undefined) throw new RenderError('INVALID_SOURCE', `not a version of Kubernetes: ${JSON.stringify(version)}`)
  return found
}
