// cel-go: ext/comprehensions.go
import type { CelLibrary } from '../library.ts'
import type { CelNode, LoopKind } from '../syntax/ast.ts'
import type { CelMacro } from '../syntax/macro.ts'
import { variableName } from '../syntax/standard-macros.ts'
import { CelSyntaxError } from '../syntax/syntax-error.ts'

/** A loop over indexes and elements of a list, or keys and values of a map; the transforming ones may have a condition in the middle. */
function loopMacro(name: string, loop: LoopKind, argumentCount: 3 | 4): CelMacro {
  return {
    name,
    isReceiver: true,
    argumentCount,
    expand: ({ target, args, position }) => {
      const [first, second] = [variableName(args[0]), variableName(args[1])]
      if (first === second) throw new CelSyntaxError(`duplicate variable name: ${first}`, args[1]?.position ?? position)
      const condition = argumentCount === 4 ? { condition: args[2] as CelNode } : {}
      return { kind: 'loop', loop, range: target as CelNode, variables: [first, second], ...condition, body: args[argumentCount - 1] as CelNode, position }
    },
  }
}

/** Comprehensions with two variables. */
export const comprehensions: CelLibrary = {
  name: 'comprehensions',
  summary: 'Loops with two variables: index and element, or key and value',
  functions: [],
  macros: [
    loopMacro('all', 'all', 3),
    loopMacro('exists', 'exists', 3),
    loopMacro('existsOne', 'existsOne', 3),
    loopMacro('exists_one', 'existsOne', 3),
    loopMacro('transformList', 'map', 3),
    loopMacro('transformList', 'map', 4),
    loopMacro('transformMap', 'transformMap', 3),
    loopMacro('transformMap', 'transformMap', 4),
    loopMacro('transformMapEntry', 'transformMapEntry', 3),
    loopMacro('transformMapEntry', 'transformMapEntry', 4),
  ],
}
