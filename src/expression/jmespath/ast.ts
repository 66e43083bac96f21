import type { JsonValue } from '../../model/json.ts'

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>='

/** A parsed JMESPath expression. */
export type Node =
  | { readonly type: 'current' }
  | { readonly type: 'literal'; readonly value: JsonValue }
  | { readonly type: 'field'; readonly name: string }
  | { readonly type: 'index'; readonly index: number }
  | { readonly type: 'slice'; readonly start: number | undefined; readonly stop: number | undefined; readonly step: number | undefined }
  | { readonly type: 'chain' | 'pipe' | 'or' | 'and' | 'projection' | 'valueProjection'; readonly left: Node; readonly right: Node }
  | { readonly type: 'comparison'; readonly operator: ComparisonOperator; readonly left: Node; readonly right: Node }
  | { readonly type: 'filter'; readonly left: Node; readonly right: Node; readonly condition: Node }
  | { readonly type: 'flatten' | 'not' | 'reference'; readonly operand: Node }
  | { readonly type: 'list'; readonly items: readonly Node[] }
  | { readonly type: 'hash'; readonly entries: readonly (readonly [name: string, value: Node])[] }
  /** The name is undefined where something that is no name was called. */
  | { readonly type: 'call'; readonly name: string | undefined; readonly arguments: readonly Node[] }

function children(node: Node): readonly Node[] {
  if (node.type === 'filter') return [node.left, node.right, node.condition]
  if ('left' in node) return [node.left, node.right]
  if ('operand' in node) return [node.operand]
  if (node.type === 'list') return node.items
  if (node.type === 'hash') return node.entries.map(([, value]) => value)
  return node.type === 'call' ? node.arguments : []
}

/** Every node, parents first, without recursion: the tree may be of any depth. */
export function allNodes(root: Node): Node[] {
  const nodes = [root]
  for (let index = 0; index < nodes.length; index++) nodes.push(...children(nodes[index] as Node))
  return nodes
}

/** The length of the longest path from the root, counted up to a limit. */
export function depthOf(root: Node, limit: number): number {
  let level: Node[] = [root]
  let depth = 0
  while (level.length > 0 && depth <= limit) {
    depth++
    level = level.flatMap(children)
  }
  return depth
}
