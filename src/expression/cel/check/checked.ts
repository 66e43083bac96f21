import type { CelOverload } from '../library.ts'
import type { CelNode } from '../syntax/ast.ts'
import type { CelType } from '../types/type.ts'

/** What a name means. */
export type ResolvedName =
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'type'; readonly type: CelType }

/** What a call means: the overloads that fit the static types. */
export interface ResolvedCall {
  readonly overloads: readonly CelOverload[]
  /** The receiver with the arguments, or the arguments alone where the receiver was part of a function's name (`math.abs`). */
  readonly operands: readonly CelNode[]
}

/** What the checker found out, by node. */
export interface Checked {
  readonly types: ReadonlyMap<CelNode, CelType>
  readonly names: ReadonlyMap<CelNode, ResolvedName>
  readonly calls: ReadonlyMap<CelNode, ResolvedCall>
  /** The full names of message types. */
  readonly structs: ReadonlyMap<CelNode, string>
}
