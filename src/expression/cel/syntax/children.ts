import type { CelNode } from './ast.ts'

/** The nodes directly below a node, in the order of the text where it matters. */
export function children(node: CelNode): readonly CelNode[] {
  switch (node.kind) {
    case 'literal': case 'ident': return []
    case 'select': return [node.operand]
    case 'call': return node.target === undefined ? node.args : [node.target, ...node.args]
    case 'list': return node.elements.map(({ value }) => value)
    case 'map': return node.entries.flatMap(({ key, value }) => [key, value])
    case 'struct': return node.fields.map(({ value }) => value)
    case 'loop': return [node.range, ...(node.condition === undefined ? [] : [node.condition]), node.body]
    case 'bind': return [node.value, node.body]
  }
}
