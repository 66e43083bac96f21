import type { JsonObject, JsonValue } from '../../model/json.ts'
import type { Run } from './run.ts'
import type { Outcome, Reference, Value } from './value.ts'

interface TypeTable {
  readonly string: string
  /** A float64; an int64 is no number to JMESPath. */
  readonly number: number
  readonly array: readonly JsonValue[]
  readonly object: JsonObject
  readonly 'array[number]': readonly number[]
  readonly 'array[string]': readonly string[]
  readonly expression: Reference
  readonly any: Value
}

export type TypeName = keyof TypeTable
/** One type, or alternatives with `|` between them. */
export type ParameterType = TypeName | `${TypeName}|${TypeName}` | 'string|array|object'
type TypeOf<P extends string> = P extends TypeName ? TypeTable[P] : P extends `${infer A extends TypeName}|${infer Rest}` ? TypeTable[A] | TypeOf<Rest> : never
type ArgumentsOf<P extends readonly ParameterType[]> = { readonly [I in keyof P]: TypeOf<P[I]> }

/** One function of the dialect: what `presync jp` lists and what a call runs. */
export interface FunctionRow {
  readonly name: string
  readonly parameters: readonly ParameterType[]
  /** Whether any number of arguments is taken, unchecked, from as many on as there are parameters. */
  readonly variadic: boolean
  readonly returns: string
  readonly summary: string
  readonly implementation: (args: readonly Value[], run: Run) => Outcome
}

interface RowDefinition<P extends readonly ParameterType[]> {
  readonly name: string
  readonly parameters: P
  readonly returns: string
  readonly summary: string
  readonly implementation: (args: ArgumentsOf<P>, run: Run) => Outcome
}

/** Makes a row; the implementation must fit the declared parameters. */
export function define<const P extends readonly ParameterType[]>(row: RowDefinition<P>): FunctionRow {
  return { ...row, variadic: false, implementation: row.implementation as FunctionRow['implementation'] }
}

/** Makes a row for a function of any number of arguments; Kyverno does not check their types before the call. */
export function defineVariadic(row: Omit<FunctionRow, 'variadic'>): FunctionRow {
  return { ...row, variadic: true }
}
