// Argo CD: util/argo/argo.go (GetDestinationCluster); pkg/apis/application/v1alpha1/application_defaults.go
import type { Application } from '../../argocd/index.ts'

/** What tells a destination's cluster from others: its name or address; Argo CD's own cluster has both. */
export function clusterName({ server = '', name = '' }: Application['destination']): string {
  if (name === 'in-cluster' || server === 'https://kubernetes.default.svc') return 'in-cluster'
  return name === '' ? server.replace(/\/+$/, '') : name
}
