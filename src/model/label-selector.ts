import type { Labels } from './resource.ts'

/** As in Kubernetes; Kyverno allows wildcards in matchLabels. */
export interface LabelSelector {
  readonly matchLabels?: Labels
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[]
}
