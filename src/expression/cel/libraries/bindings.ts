// cel-go: ext/bindings.go
import type { CelLibrary } from '../library.ts'
import { CelSyntaxError } from '../syntax/syntax-error.ts'

/** Local variables. */
export const bindings: CelLibrary = {
  name: 'bindings',
  summary: 'Local variables: `cel.bind(name, value, expression)`',
  functions: [],
  macros: [{
    name: 'bind',
    isReceiver: true,
    argumentCount: 3,
    expand: ({ target, args: [variable, value, body], position }) => {
      if (target?.kind !== 'ident' || target.name !== 'cel' || value === undefined || body === undefined) return undefined
      if (variable?.kind !== 'ident') throw new CelSyntaxError('cel.bind() variable names must be simple identifiers', variable?.position ?? position)
      return { kind: 'bind', name: variable.name, value, body, position }
    },
  }],
}
