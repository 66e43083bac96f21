// cel-go: cel/validator.go
import type { CallCheck } from '../library.ts'
import type { CallNode, CelNode, ListNode, MapNode } from '../syntax/ast.ts'
import { children } from '../syntax/children.ts'
import { celType } from '../types/cel-type.ts'
import { formatTypeForMessage, type CelType } from '../types/type.ts'
import type { Checked } from './checked.ts'

interface Rules {
  readonly callChecks: readonly CallCheck[]
  /** Whether the elements of a literal must have one type exactly: `[1, dyn(2)]` is refused, too. */
  readonly homogeneous: boolean
}

interface Problem { readonly message: string; readonly position: number }

/** Lists of arguments may mix types. */
const exemptFunctions: ReadonlySet<string> = new Set(['format'])

/** Finds literals that no evaluation could make sense of. */
export function checkLiterals(root: CelNode, checked: Checked, rules: Rules): Problem[] {
  const problems: Problem[] = []
  const visit = (node: CelNode, isExempt: boolean): void => {
    if (node.kind === 'call') problems.push(...checkCall(node, checked, rules.callChecks))
    if (rules.homogeneous && !isExempt) problems.push(...checkHomogeneous(node, checked))
    const exempts = isExempt || (node.kind === 'call' && exemptFunctions.has(node.name))
    for (const child of children(node)) visit(child, exempts)
  }
  visit(root, false)
  return problems
}

function checkCall(node: CallNode, checked: Checked, checks: readonly CallCheck[]): Problem[] {
  const typeOf = (operand: CelNode): CelType => checked.types.get(operand) ?? celType.dyn
  return checks.flatMap((check) => (check.function === node.name ? check.check(node, typeOf) ?? [] : []))
}

function checkHomogeneous(node: CelNode, checked: Checked): Problem[] {
  if (node.kind === 'list') return checkSame(listEntries(node), checked)
  if (node.kind !== 'map') return []
  return [...checkSame(node.entries.map(({ key }) => ({ node: key, optional: false })), checked), ...checkSame(mapEntries(node), checked)]
}

function listEntries({ elements }: ListNode): { node: CelNode; optional: boolean }[] {
  return elements.map(({ value, optional }) => ({ node: value, optional }))
}

function mapEntries({ entries }: MapNode): { node: CelNode; optional: boolean }[] {
  return entries.map(({ value, optional }) => ({ node: value, optional }))
}

function checkSame(entries: readonly { node: CelNode; optional: boolean }[], checked: Checked): Problem[] {
  let expected: CelType | undefined
  for (const { node, optional } of entries) {
    const own = checked.types.get(node)
    const type = optional ? own?.parameters[0] : own
    if (type === undefined) continue
    if (expected === undefined) expected = type
    else if (!isEquivalent(expected, type)) {
      return [{ message: `expected type '${formatTypeForMessage(expected)}' but found '${formatTypeForMessage(type)}'`, position: node.position }]
    }
  }
  return []
}

/** The same type; of type parameters only the number counts. */
function isEquivalent(a: CelType, b: CelType): boolean {
  return a.kind === b.kind && a.name === b.name && a.parameters.length === b.parameters.length
    && a.parameters.every((parameter, index) => isEquivalent(parameter, b.parameters[index] as CelType))
}
