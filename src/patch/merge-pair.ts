import type { JsonValue } from '../model/json.ts'
import type { MergeShape } from '../kubernetes/kustomize-merge-keys.ts'

/** A node of the target and what the patch says about it; undefined where either has none. */
export interface MergePair {
  readonly target: JsonValue | undefined
  readonly patch: JsonValue | undefined
  /** What the schema knows of the node; of the items where the node is a list that merges. */
  readonly shape: MergeShape | undefined
  /** For a list that merges: its merge keys. */
  readonly keys?: readonly string[] | undefined
  /** Target and patch are one and the same node: what the patch adds is itself walked once more, as kustomize does. */
  readonly same: boolean
  readonly depth: number
}

/** The merged node (undefined: cleared), and whether it took the place of the target's node or is the patch's own. */
export interface MergeOutcome {
  readonly value: JsonValue | undefined
  readonly inPlace: boolean
}

export type MergeNodes = (pair: MergePair) => MergeOutcome
