import type { CelNode } from './ast.ts'

/** A call as a macro sees it, before anything is evaluated or checked. */
export interface MacroCall {
  /** Absent for a global call. */
  readonly target?: CelNode
  readonly args: readonly CelNode[]
  /** Where the call's opening parenthesis is: the place of the expansion. */
  readonly position: number
}

/** Rewrites a call while parsing. */
export interface CelMacro {
  readonly name: string
  /** Called on something (`list.all(…)`), or globally (`has(…)`). */
  readonly isReceiver: boolean
  /** How many arguments it takes. */
  readonly argumentCount: number | 'any'
  /** The expansion; undefined leaves the call as it is; a `CelSyntaxError` refuses the arguments. */
  expand(call: MacroCall): CelNode | undefined
}

/** The key under which macros are found. */
export function macroKey(name: string, isReceiver: boolean, argumentCount: number | 'any'): string {
  return `${name}:${argumentCount}:${isReceiver}`
}
