// Counterpart: gojq compiler.go (if, and, or, //, try, label, reduce, foreach)
import { isTruthy } from './compare.ts'
import { compilePattern, listVariables } from './compile-pattern.ts'
import { BreakSignal, Downstream, JqFailure } from './failure.ts'
import { depthOf, findName, valueAt, withName, type Compilation, type Names } from './names.ts'
import type { BreakLabel, Emit, Filter } from './runtime.ts'
import type { Query } from './syntax.ts'
import { syntaxError } from './tokens.ts'

type Of<Type extends Query['type']> = Query & { readonly type: Type }

const same: Filter = (value, trail, _, emit) => emit(value, trail)

/** For a condition no path is kept. */
export function compileIf({ condition, whenTrue, whenFalse }: Of<'if'>, names: Names | undefined, compilation: Compilation): Filter {
  const test = compilation.compile(condition, names)
  const [yes, no] = [compilation.compile(whenTrue, names), whenFalse === undefined ? same : compilation.compile(whenFalse, names)]
  return (value, trail, scope, emit) => test(value, undefined, scope, (holds) => (isTruthy(holds) ? yes : no)(value, trail, scope, emit))
}

export function compileLogic({ type, left, right }: Of<'and' | 'or'>, names: Names | undefined, compilation: Compilation): Filter {
  const [first, second] = [compilation.compile(left, names), compilation.compile(right, names)]
  const decided = type === 'or'
  return (value, trail, scope, emit) => first(value, undefined, scope, (holds) => {
    if (isTruthy(holds) === decided) emit(decided, trail)
    else second(value, undefined, scope, (also) => emit(isTruthy(also), trail))
  })
}

/** `a // b`: the outputs of `a` that count as true, or those of `b` where there are none. An error of `a` stays an error. */
export function compileAlternative({ left, right }: Of<'alternative'>, names: Names | undefined, compilation: Compilation): Filter {
  const [first, second] = [compilation.compile(left, names), compilation.compile(right, names)]
  return (value, trail, scope, emit) => {
    let found = false
    first(value, trail, scope, (output, way) => {
      if (!isTruthy(output)) return
      found = true
      emit(output, way)
    })
    if (!found) second(value, trail, scope, emit)
  }
}

/** Catches the errors of its body, not those of what its outputs are used for. */
export function compileTry({ body, handler }: Of<'try'>, names: Names | undefined, compilation: Compilation): Filter {
  const [attempt, caught] = [compilation.compile(body, names), handler === undefined ? undefined : compilation.compile(handler, names)]
  return (value, trail, scope, emit) => {
    const passing = {}
    let failure: JqFailure
    try {
      attempt(value, trail, scope, guard(emit, passing))
      return
    } catch (error) {
      if (error instanceof Downstream && error.passing === passing) throw error.error
      if (!(error instanceof JqFailure)) throw error
      failure = error
    }
    caught?.(failure.value, trail, scope, emit)
  }
}

function guard(emit: Emit, passing: object): Emit {
  return (output, way) => {
    try {
      emit(output, way)
    } catch (error) {
      throw new Downstream(error, passing)
    }
  }
}

/** Runs until somebody leaves this label. */
export function runLabelled(label: object, work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!(error instanceof BreakSignal) || error.label !== label) throw error
  }
}

export function compileLabel({ name, body }: Of<'label'>, names: Names | undefined, compilation: Compilation): Filter {
  const inner = compilation.compile(body, withName(names, 'label', name))
  return (value, trail, scope, emit) => {
    const label: BreakLabel = { label: {} }
    runLabelled(label.label, () => inner(value, trail, { value: label, outer: scope }, emit))
  }
}

export function compileBreak({ name }: Of<'break'>, names: Names | undefined): Filter {
  const entry = findName(names, (each) => each.kind === 'label' && each.name === name)
  if (entry === undefined) throw syntaxError(`label not defined: ${name}`)
  const places = depthOf(names) - entry.depth
  return (_value, _trail, scope) => {
    const { label } = valueAt(scope, places) as BreakLabel
    throw new BreakSignal(label)
  }
}

/** Each output of the source changes the state; an update without output leaves it as it is. */
export function compileReduce({ source, pattern, start, update }: Of<'reduce'>, names: Names | undefined, compilation: Compilation): Filter {
  const [starts, items] = [compilation.compile(start, names), compilation.compile(source, names)]
  const bind = compilePattern(pattern, names, compilation)
  const change = compilation.compile(update, bind.names)
  return (value, trail, scope, emit) => starts(value, trail, scope, (first, way) => {
    let state = first
    items(value, way, scope, (item, itemWay) => bind.run(item, itemWay, scope, (inner, boundWay) => {
      change(state, boundWay, inner, (next) => {
        state = next
      })
    }))
    emit(state, way)
  })
}

export function compileForeach({ source, pattern, start, update, extract }: Of<'foreach'>, names: Names | undefined, compilation: Compilation): Filter {
  const [starts, items] = [compilation.compile(start, names), compilation.compile(source, names)]
  const bind = compilePattern(pattern, names, compilation)
  const [change, output] = [compilation.compile(update, bind.names), extract === undefined ? same : compilation.compile(extract, bind.names)]
  return (value, trail, scope, emit) => starts(value, trail, scope, (first, way) => {
    let state = first
    items(value, way, scope, (item, itemWay) => bind.run(item, itemWay, scope, (inner, boundWay) => {
      change(state, boundWay, inner, (next, nextWay) => {
        state = next
        output(next, nextWay, inner, emit)
      })
    }))
  })
}

/** `source as $x | body`: no path is kept for the source; the body goes on with the input. */
export function compileBind({ source, patterns, body }: Of<'bind'>, names: Names | undefined, compilation: Compilation): Filter {
  const items = compilation.compile(source, names)
  const all = [...new Set(patterns.flatMap(listVariables))]
  const alternatives = patterns.map((pattern) => {
    // Variables of the other alternatives are null.
    const own = new Set(listVariables(pattern))
    const others = patterns.length > 1 ? all.filter((name) => !own.has(name)) : []
    const outer = others.reduce<Names | undefined>((inner, name) => withName(inner, 'variable', name), names)
    const bind = compilePattern(pattern, outer, compilation)
    return { others: others.length, bind, inner: compilation.compile(body, bind.names) }
  })
  return (value, trail, scope, emit) => items(value, undefined, scope, (item) => {
    const run = (index: number): void => {
      const { others, bind, inner } = alternatives[index] as (typeof alternatives)[number]
      let outer = scope
      for (let count = 0; count < others; count++) outer = { value: null, outer }
      bind.run(item, undefined, outer, (bound) => inner(value, trail, bound, emit))
    }
    runUntilOneWorks(alternatives.length, run)
  })
}

/** `?//` goes on to the next alternative at any error, also one from behind it. */
function runUntilOneWorks(count: number, run: (index: number) => void): void {
  for (let index = 0; index < count - 1; index++) {
    try {
      run(index)
      return
    } catch (error) {
      if (!(error instanceof JqFailure || error instanceof BreakSignal || error instanceof Downstream)) throw error
    }
  }
  run(count - 1)
}
