import type { JsonValue } from '../../model/json.ts'
import type { ResolvedScalar } from './resolve-scalar.ts'
import type { YamlMark } from './yaml-mark.ts'

/** What parents, merges and aliases need to know about a node besides its value. */
export interface NodeFacts {
  kind: 'scalar' | 'sequence' | 'mapping'
  /** Of a scalar: its type, which decides how it is written as a key. */
  scalar: ResolvedScalar
  isMergeKey: boolean
  isAlias: boolean
  mark: YamlMark | undefined
}

/** A node with a name. */
export interface Anchor extends NodeFacts {
  value: JsonValue
  /** How many nodes it stands for; undefined while it is being composed. */
  size: number | undefined
}
