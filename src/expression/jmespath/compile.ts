// kyverno/go-jmespath: interpreter.go

import { EvaluationError } from '../../model/errors.ts'
import type { JsonValue } from '../../model/json.ts'
import type { ComparisonOperator, Node } from './ast.ts'
import { callFunction } from './call-function.ts'
import { functions } from './functions/index.ts'
import type { Run } from './run.ts'
import { slice } from './slice.ts'
import { isList, isObject, isTruthy, Missing, orNull, sameValue, toJson, type Outcome, type Value } from './value.ts'

/** A part of an expression, ready to be evaluated on a value. */
export type Evaluate = (value: Value, run: Run) => Outcome

type NodeOf<T extends Node['type']> = Extract<Node, { type: T }>
type Compilers = { readonly [T in Node['type']]: (node: NodeOf<T>) => Evaluate }

/** Turns a parsed expression into closures. */
export function compileNode(node: Node): Evaluate {
  return (compilers[node.type] as (node: Node) => Evaluate)(node)
}

const compilers: Compilers = {
  current: () => (value) => value,
  literal: ({ value }) => () => value,
  field: ({ name }) => {
    // Fields of what is no object are null; only an object can lack a key.
    const missing = new Missing(name)
    return (value) => (!isObject(value) ? null : Object.hasOwn(value, name) ? value[name] as JsonValue : missing)
  },
  index: ({ index }) => (value) => (isList(value) ? value.at(index) ?? null : null),
  slice: (parts) => (value, run) => (isList(value) ? slice(value, parts, run) : null),
  chain: ({ left, right }) => {
    const [first, second] = [compileNode(left), compileNode(right)]
    return (value, run) => {
      const outcome = first(value, run)
      return outcome instanceof Missing ? outcome : second(outcome, run)
    }
  },
  pipe: ({ left, right }) => {
    const [first, second] = [compileNode(left), compileNode(right)]
    return (value, run) => orNull(second(orNull(first(value, run)), run))
  },
  or: ({ left, right }) => {
    const [first, second] = [compileNode(left), compileNode(right)]
    return (value, run) => {
      const outcome = first(value, run)
      return isTruthy(outcome) ? outcome : orNull(second(value, run))
    }
  },
  // A key that is missing on the right of && stays missing; on the left it is null.
  and: ({ left, right }) => {
    const [first, second] = [compileNode(left), compileNode(right)]
    return (value, run) => {
      const outcome = orNull(first(value, run))
      return isTruthy(outcome) ? second(value, run) : outcome
    }
  },
  not: ({ operand }) => {
    const inner = compileNode(operand)
    return (value, run) => !isTruthy(inner(value, run))
  },
  comparison: compileComparison,
  projection: ({ left, right }) => {
    const [list, element] = [compileNode(left), compileNode(right)]
    return (value, run) => {
      const base = list(value, run)
      return isList(base) ? project(base, element, run) : null
    }
  },
  valueProjection: ({ left, right }) => {
    const [object, element] = [compileNode(left), compileNode(right)]
    return (value, run) => {
      const base = leniently(object, value, run)
      if (!isObject(base)) return null
      const values = Object.values(base)
      // The original makes a list of n nulls and appends the n values to it: functions see the nulls.
      return project([...Array<null>(values.length).fill(null), ...values], element, run)
    }
  },
  filter: ({ left, right, condition }) => {
    const [list, element, holds] = [compileNode(left), compileNode(right), compileNode(condition)]
    return (value, run) => {
      const base = leniently(list, value, run)
      if (!isList(base)) return null
      run.spend(base.length)
      return project(base.filter((item) => isTruthy(holds(item, run))), element, run)
    }
  },
  flatten: ({ operand }) => {
    const inner = compileNode(operand)
    return (value, run) => {
      const base = leniently(inner, value, run)
      return isList(base) ? flatten(base, run) : null
    }
  },
  list: ({ items }) => {
    const parts = items.map(compileNode)
    return (value, run) => {
      if (value === null) return null
      run.spend(parts.length)
      return parts.map((part) => toJson(part(value, run)))
    }
  },
  hash: ({ entries }) => {
    const parts = entries.map(([name, node]) => [name, compileNode(node)] as const)
    return (value, run) => {
      if (value === null) return null
      run.spend(parts.length)
      return Object.fromEntries(parts.map(([name, part]) => [name, toJson(part(value, run))]))
    }
  },
  reference: ({ operand }) => {
    const inner = compileNode(operand)
    return (_, run) => (value: Value) => inner(value, run)
  },
  call: ({ name, arguments: nodes }) => {
    // An unknown function is an error only when it is called.
    const [row, parts] = [name === undefined ? undefined : functions.get(name), nodes.map(compileNode)]
    return (value, run) => {
      const args = parts.map((part) => orNull(part(value, run)))
      if (row === undefined) throw new EvaluationError('EXPRESSION_FAILED', `JMESPath: unknown function ${JSON.stringify((name ?? '').slice(0, 100))}`)
      return callFunction(row, args, run)
    }
  },
}

/** The left sides of filters, flattening and `.*` give null whatever goes wrong in them; limits and pending look-ups pass. */
function leniently(part: Evaluate, value: Value, run: Run): Outcome {
  try {
    return part(value, run)
  } catch (error) {
    if (error instanceof EvaluationError && error.code === 'EXPRESSION_FAILED') return null
    throw error
  }
}

/** Applies a part to each element; what comes out as null is left out. */
function project(list: readonly JsonValue[], element: Evaluate, run: Run): JsonValue[] {
  run.spend(list.length)
  const collected: JsonValue[] = []
  for (const item of list) {
    const projected = element(item, run)
    if (projected !== null && !(projected instanceof Missing)) collected.push(toJson(projected))
  }
  return collected
}

function flatten(list: readonly JsonValue[], run: Run): JsonValue[] {
  const flat: JsonValue[] = []
  for (const item of list) {
    run.spend(isList(item) ? item.length : 1)
    if (isList(item)) for (const inner of item) flat.push(inner)
    else flat.push(item)
  }
  return flat
}

const orders: Readonly<Record<Exclude<ComparisonOperator, '==' | '!='>, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right, '<=': (left, right) => left <= right, '>': (left, right) => left > right, '>=': (left, right) => left >= right,
}

/** Order exists between two float64 only: not between texts, and not for an int64. */
function compileComparison({ operator, left, right }: NodeOf<'comparison'>): Evaluate {
  const [first, second] = [compileNode(left), compileNode(right)]
  if (operator === '==' || operator === '!=') {
    return (value, run) => {
      const [a, b] = [orNull(first(value, run)), orNull(second(value, run))]
      if (typeof a === 'object' && typeof b === 'object') run.spendOn(a)
      return sameValue(a, b) === (operator === '==')
    }
  }
  const holds = orders[operator]
  return (value, run) => {
    const [a, b] = [first(value, run), second(value, run)]
    return typeof a === 'number' && typeof b === 'number' ? holds(a, b) : null
  }
}
