import type { CallNode, CelNode } from '../syntax/ast.ts'

/**
 * What names and selections cost. cel-go sees `a.b[c]` as one attribute: 1 for it and 1 for each step (interpreter/runtimecost.go). An attribute that is
 * a branch of a conditional or a key is resolved as part of the attribute around it, so the 1 for itself is not counted.
 */
export class AttributeCosts {
  /** The nodes at which the inner attributes start. */
  private readonly inner = new Set<CelNode>()

  /** Is told of a call before its operands are compiled. */
  enter({ name, args }: CallNode): void {
    const operands = name === '_?_:_' ? args.slice(1) : name === '_[_]' || name === '_[?_]' ? args.slice(1) : []
    for (const operand of operands) if (isAttribute(operand)) this.inner.add(startOf(operand))
  }

  /** Of a variable. */
  ofName(node: CelNode): number {
    return this.inner.has(node) ? 0 : 1
  }

  /** Of a selection or index; on the result of a call it starts a new attribute. */
  ofSelection(node: CelNode, operand: CelNode): number {
    return isAttribute(operand) || this.inner.has(node) ? 1 : 2
  }
}

function isAttribute(node: CelNode): boolean {
  return node.kind === 'ident' || (node.kind === 'select' && !node.test) || (node.kind === 'call' && /^_\[\??_\]$|^_\?_:_$/.test(node.name))
}

function startOf(node: CelNode): CelNode {
  const operand = node.kind === 'select' ? node.operand : node.kind === 'call' && node.name !== '_?_:_' ? node.args[0] : undefined
  return operand !== undefined && isAttribute(operand) ? startOf(operand) : node
}
