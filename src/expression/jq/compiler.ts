// Counterpart: gojq compiler.go
import { compileCall, compileDefine, compileFunction, compileVariable } from './compile-call.ts'
import { compileAlternative, compileBind, compileBreak, compileForeach, compileIf, compileLabel, compileLogic, compileReduce, compileTry } from './compile-flow.ts'
import { compileIndex, compileIndexBy, compileIterate, compileSlice } from './compile-path.ts'
import { compileUpdate } from './compile-update.ts'
import { compileArray, compileBinary, compileObject, compileSign, compileText } from './compile-values.ts'
import type { Compilation, FunctionBody, Names } from './names.ts'
import type { Budget, Filter } from './runtime.ts'
import type { Definition, Query } from './syntax.ts'

type Of<Type extends Query['type']> = Query & { readonly type: Type }
type Compilers = { readonly [Type in Query['type']]: (query: Of<Type>, names: Names | undefined, compilation: Compilation) => Filter }

const compilers: Compilers = {
  identity: () => (value, trail, _, emit) => emit(value, trail),
  constant: ({ value: constant }) => (_value, trail, _scope, emit) => emit(constant, trail),
  index: compileIndex,
  indexBy: compileIndexBy,
  slice: compileSlice,
  iterate: compileIterate,
  pipe: compilePipe,
  comma: compileComma,
  alternative: compileAlternative,
  and: compileLogic,
  or: compileLogic,
  binary: compileBinary,
  update: compileUpdate,
  sign: compileSign,
  text: compileText,
  array: compileArray,
  object: compileObject,
  if: compileIf,
  try: compileTry,
  reduce: compileReduce,
  foreach: compileForeach,
  bind: compileBind,
  label: compileLabel,
  break: compileBreak,
  variable: compileVariable,
  call: compileCall,
  define: compileDefine,
}

function compilePipe({ left, right }: Of<'pipe'>, names: Names | undefined, compilation: Compilation): Filter {
  const [first, second] = [compilation.compile(left, names), compilation.compile(right, names)]
  return (value, trail, scope, emit) => first(value, trail, scope, (output, way) => second(output, way, scope, emit))
}

function compileComma({ left, right }: Of<'comma'>, names: Names | undefined, compilation: Compilation): Filter {
  const [first, second] = [compilation.compile(left, names), compilation.compile(right, names)]
  return (value, trail, scope, emit) => {
    first(value, trail, scope, emit)
    second(value, trail, scope, emit)
  }
}

/** Turns a query into functions; throws INVALID_EXPRESSION for names that nothing defines. */
export function compileQuery(query: Query, budget: Budget): Filter {
  const builtins = new Map<string, FunctionBody>()
  const compilation: Compilation = {
    budget,
    compile: (part, names) => (compilers[part.type] as (query: Query, names: Names | undefined, compilation: Compilation) => Filter)(part, names, compilation),
    builtin: (key: string, definition: Definition) => {
      const known = builtins.get(key)
      if (known !== undefined) return known
      const compiled = compileFunction(definition, undefined, compilation)
      builtins.set(key, compiled)
      return compiled
    },
  }
  return compilation.compile(query, undefined)
}
