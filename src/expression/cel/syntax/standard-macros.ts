import type { CelNode, LoopKind } from './ast.ts'
import type { CelMacro, MacroCall } from './macro.ts'
import { CelSyntaxError } from './syntax-error.ts'

const accumulators: ReadonlySet<string> = new Set(['@result', '__result__'])

/** The name of a loop variable that a macro was given. */
export function variableName(node: CelNode | undefined, message = 'argument must be a simple name'): string {
  if (node?.kind !== 'ident' || node.name.startsWith('.')) throw new CelSyntaxError(message, node?.position ?? 0)
  if (accumulators.has(node.name)) throw new CelSyntaxError('iteration variable overwrites accumulator variable', node.position)
  return node.name
}

/** A loop with one variable: `list.all(x, …)`; `map` may have a condition in the middle. */
function loopMacro(name: string, loop: LoopKind, argumentCount: number): CelMacro {
  return { name, isReceiver: true, argumentCount, expand: (call) => makeLoop(loop, call) }
}

/** Makes a loop of one variable; exported for macros that loop as part of something else. */
export function makeLoop(loop: LoopKind, { target, args, position }: MacroCall): CelNode {
  const message = loop === 'map' || loop === 'filter' ? 'argument is not an identifier' : undefined
  const variable = variableName(args[0], message)
  const condition = loop === 'filter' ? args[1] : args.length === 3 ? args[1] : undefined
  const body = loop === 'filter' ? args[0] : args[args.length - 1]
  return {
    kind: 'loop', loop, range: target as CelNode, variables: [variable], body: body as CelNode, position,
    ...(condition === undefined ? {} : { condition }),
  }
}

function expandHas({ args: [argument], position }: MacroCall): CelNode {
  if (argument?.kind !== 'select' || argument.optional) {
    throw new CelSyntaxError('invalid argument to has() macro', argument?.position ?? position)
  }
  return { ...argument, test: true, position }
}

/** The macros of the language itself. */
export const standardMacros: readonly CelMacro[] = [
  { name: 'has', isReceiver: false, argumentCount: 1, expand: expandHas },
  loopMacro('all', 'all', 2),
  loopMacro('exists', 'exists', 2),
  loopMacro('exists_one', 'existsOne', 2),
  loopMacro('map', 'map', 2),
  loopMacro('map', 'map', 3),
  loopMacro('filter', 'filter', 2),
]
