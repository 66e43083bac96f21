import type { CelNode } from '../syntax/ast.ts'
import type { Substitution } from '../types/substitution.ts'
import type { CelType } from '../types/type.ts'

/** What checking a loop needs of the check it is part of. */
export interface CheckContext {
  readonly substitution: Substitution
  /** Loop and bind variables, the innermost last. */
  readonly locals: { readonly name: string; readonly type: CelType }[]
  check(node: CelNode): CelType
  typeOf(node: CelNode): CelType
  report(message: string, node: { readonly position: number }): void
  noMatchingOverload(node: { readonly position: number }, name: string, given: readonly CelType[], isReceiver: boolean): void
  /** Reports an operand that cannot be a bool. */
  requireBool(node: CelNode): boolean
}
