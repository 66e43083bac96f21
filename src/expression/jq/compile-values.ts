// Counterpart: gojq compiler.go (objects, arrays, texts, operators)
import { indexValue } from './access.ts'
import { describe, encodeJson } from './encode.ts'
import { fail } from './failure.ts'
import { findFormat } from './functions/formats.ts'
import type { Compilation, Names } from './names.ts'
import { add, applySign, binaryOperators } from './operators.ts'
import type { Filter, Trail } from './runtime.ts'
import type { JqValue, Query } from './syntax.ts'

type Of<Type extends Query['type']> = Query & { readonly type: Type }

/** The right side is evaluated first; in a path, the way goes through both sides. */
export function compileBinary({ operator, left, right }: Of<'binary'>, names: Names | undefined, compilation: Compilation): Filter {
  const [first, second] = [compilation.compile(left, names), compilation.compile(right, names)]
  const apply = binaryOperators[operator]
  return (value, trail, scope, emit) => second(value, trail, scope, (b, way) => first(value, way, scope, (a, end) => emit(apply(a, b), end)))
}

export function compileSign({ negative, operand }: Of<'sign'>, names: Names | undefined, compilation: Compilation): Filter {
  const inner = compilation.compile(operand, names)
  return (value, trail, scope, emit) => inner(value, trail, scope, (found, way) => emit(applySign(found, negative), way))
}

/** An interpolated text: its parts, the last one evaluated first. */
export function compileText({ parts, format }: Of<'text'>, names: Names | undefined, compilation: Compilation): Filter {
  const convert = format === undefined ? (value: JqValue) => (typeof value === 'string' ? value : encodeJson(value)) : findFormat(format)
  const filters = parts.map((part): Filter => {
    if (typeof part === 'string') return (_value, trail, _scope, emit) => emit(part, trail)
    const inner = compilation.compile(part, names)
    return (value, trail, scope, emit) => inner(value, trail, scope, (found, way) => emit(convert(found), way))
  })
  const [head = (_value, trail, _scope, emit) => emit('', trail), ...rest] = filters
  return rest.reduce<Filter>((left, right) => (value, trail, scope, emit) => {
    right(value, trail, scope, (b, way) => left(value, way, scope, (a, end) => emit(add(a, b), end)))
  }, head)
}

export function compileArray({ items }: Of<'array'>, names: Names | undefined, compilation: Compilation): Filter {
  if (items === undefined) {
    const empty: JqValue = []
    return (_value, trail, _scope, emit) => emit(empty, trail)
  }
  const inner = compilation.compile(items, names)
  return (value, trail, scope, emit) => {
    const list: JqValue[] = []
    inner(value, trail, scope, (item) => {
      list.push(item)
    })
    emit(list, trail)
  }
}

/** One object for each combination of keys and values, the first entry varying slowest; of equal keys the last counts. */
export function compileObject({ entries }: Of<'object'>, names: Names | undefined, compilation: Compilation): Filter {
  const filters = entries.map(({ key, value }) => ({
    key: typeof key === 'string' ? key : compilation.compile(key, names),
    value: value === undefined ? undefined : compilation.compile(value, names),
  }))
  return (input, trail, scope, emit) => {
    const pairs: [key: JqValue, value: JqValue][] = []
    const build = (index: number, way: Trail | undefined): void => {
      const entry = filters[index]
      if (entry === undefined) return emit(makeObject(pairs), way)
      const addValue = (key: JqValue, keyWay: Trail | undefined): void => {
        const add = (value: JqValue, end: Trail | undefined): void => {
          pairs[index] = [key, value]
          build(index + 1, end)
        }
        if (entry.value === undefined) add(indexValue(input, key), keyWay)
        else entry.value(input, keyWay, scope, add)
      }
      if (typeof entry.key === 'string') addValue(entry.key, way)
      else entry.key(input, way, scope, addValue)
    }
    build(0, trail)
  }
}

function makeObject(pairs: readonly (readonly [key: JqValue, value: JqValue])[]): JqValue {
  for (const [key] of pairs.toReversed()) if (typeof key !== 'string') throw fail(() => `expected a string for object key but got: ${describe(key)}`)
  return Object.fromEntries(pairs) as JqValue
}
