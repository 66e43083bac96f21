import type { CelValue } from '../values/value.ts'

/** Where a node is: an offset into the expression's text. */
interface At {
  readonly position: number
}

export interface LiteralNode extends At { readonly kind: 'literal'; readonly value: CelValue }
export interface IdentNode extends At { readonly kind: 'ident'; readonly name: string }
/** `a.b`; with `test` the question `has(a.b)`, with `optional` the form `a.?b`. */
export interface SelectNode extends At {
  readonly kind: 'select'
  readonly operand: CelNode
  readonly field: string
  readonly test: boolean
  readonly optional: boolean
}
/** A function or operator; operators have cel-go's names (`_+_`), so that they are functions like any other. */
export interface CallNode extends At {
  readonly kind: 'call'
  readonly name: string
  readonly target?: CelNode
  readonly args: readonly CelNode[]
}
export interface ListNode extends At { readonly kind: 'list'; readonly elements: readonly { readonly value: CelNode; readonly optional: boolean }[] }
export interface MapNode extends At { readonly kind: 'map'; readonly entries: readonly MapNodeEntry[] }
export interface MapNodeEntry { readonly key: CelNode; readonly value: CelNode; readonly optional: boolean }
export interface StructNode extends At { readonly kind: 'struct'; readonly typeName: string; readonly fields: readonly StructNodeField[] }
export interface StructNodeField extends At { readonly name: string; readonly value: CelNode; readonly optional: boolean }

/** What a loop makes of its elements. `all`, `exists` and `existsOne` answer a question, the others build a list or a map. */
export type LoopKind = 'all' | 'exists' | 'existsOne' | 'map' | 'filter' | 'transformMap' | 'transformMapEntry'

/** A comprehension: every loop macro becomes one. With two variables they are index and element of a list, or key and value of a map. */
export interface LoopNode extends At {
  readonly kind: 'loop'
  readonly loop: LoopKind
  readonly range: CelNode
  readonly variables: readonly [string] | readonly [string, string]
  readonly condition?: CelNode
  /** The condition of `all`, `exists` and `existsOne`; what `map` and the like put into the result; the element itself of `filter`. */
  readonly body: CelNode
}

/** A local variable: `cel.bind(name, value, body)`. */
export interface BindNode extends At { readonly kind: 'bind'; readonly name: string; readonly value: CelNode; readonly body: CelNode }

export type CelNode = LiteralNode | IdentNode | SelectNode | CallNode | ListNode | MapNode | StructNode | LoopNode | BindNode

/** Something wrong with an expression. Lines and columns count from 1, columns in code points. */
export interface CelProblem {
  readonly message: string
  readonly line: number
  readonly column: number
  /** Found when computing constants: cel-go has no place for these, but we do. */
  readonly isFromPlanning?: boolean
}
