import type { JsonObject, JsonValue } from '../../model/json.ts'
import type { Lookups } from '../../model/lookups.ts'
import type { CallNode, CelNode } from './syntax/ast.ts'
import type { CelMacro } from './syntax/macro.ts'
import type { CelType } from './types/type.ts'
import type { CelValue } from './values/value.ts'

/** What an implementation is given besides its arguments. */
export interface CallContext {
  /** The door to the world; throws `LookupPending` where an answer is not there yet. */
  readonly lookups: Lookups
  /** Takes the resources that a generating policy makes; absent elsewhere. */
  readonly generate?: (namespace: string, resources: readonly JsonObject[]) => void
  /** Verifies images for an image validating policy; absent elsewhere. */
  readonly images?: ImageVerifier
}

/** What an image validating policy can ask of its images. Attestors are those of the policy, evaluated. */
export interface ImageVerifier {
  /** How many of the attestors signed the image. */
  countSignatures(image: string, attestors: readonly JsonObject[]): number
  /** How many of the attestors signed the attestation of the image. */
  countAttestations(image: string, attestation: string, attestors: readonly JsonObject[]): number
  /** What a verified attestation says. */
  payload(image: string, attestation: string): JsonValue
}

/** What a call costs beyond its arguments, in the API server's units. */
export type CallCost = (args: readonly CelValue[], result: CelValue) => number

/** One row of a function table: a name with one list of parameter types. Make rows with `fn` and `method`. */
export interface CelOverload {
  readonly name: string
  /** Called on its first parameter: `text.trim()`. */
  readonly isReceiver: boolean
  readonly parameters: readonly CelType[]
  readonly result: CelType
  /** `never` because each row has its own parameters; rows are only called with arguments that fit. */
  readonly evaluate: (...args: never[]) => CelValue
  /** 1 where absent. */
  readonly cost?: CallCost
  /**
   * Makes an implementation that fits the arguments that are constants (the others are undefined), so that a pattern is compiled once, with the
   * expression. Returns undefined to leave `evaluate` as it is; throws what is then an error of compilation.
   */
  readonly prepare?: (constants: readonly (CelValue | undefined)[]) => CelOverload['evaluate'] | undefined
  /** Found at run time only: what the checker refuses, but a value of type dyn may turn out to be. */
  readonly isRuntimeOnly?: boolean
}

type ValuesOf<Parameters extends readonly CelType[]> = { [Index in keyof Parameters]: Parameters[Index] extends CelType<infer Js> ? Js : never }
type Implementation<Parameters extends readonly CelType[], Result> = (...args: [...ValuesOf<Parameters>, CallContext]) => Result

/** A row for a function: `fn('strings.quote', [string], string, (text) => …)`. Implementations are checked against the types. */
export function fn<const Parameters extends readonly CelType[], Result extends CelValue>(
  name: string, parameters: Parameters, result: CelType<Result>, evaluate: Implementation<Parameters, NoInfer<Result>>,
): CelOverload {
  return { name, isReceiver: false, parameters, result, evaluate: evaluate as unknown as CelOverload['evaluate'] }
}

/** A row for a method; the first parameter is what it is called on: `method('trim', [string], string, (text) => …)`. */
export function method<const Parameters extends readonly [CelType, ...CelType[]], Result extends CelValue>(
  name: string, parameters: Parameters, result: CelType<Result>, evaluate: Implementation<Parameters, NoInfer<Result>>,
): CelOverload {
  return { name, isReceiver: true, parameters, result, evaluate: evaluate as unknown as CelOverload['evaluate'] }
}

/** The row with a cost of its own. */
export function withCost(cost: CallCost, overload: CelOverload): CelOverload {
  return { ...overload, cost }
}

/** The row with a preparation for constant arguments. */
export function withPreparation(prepare: NonNullable<CelOverload['prepare']>, overload: CelOverload): CelOverload {
  return { ...overload, prepare }
}

/** A type whose values have named fields, for selection and for construction (`Object.spec{replicas: 3}`). */
export interface CelMessageType {
  readonly name: string
  /** The type of a field; undefined if there is no such field. */
  field(name: string): CelType | undefined
  /** Makes a value from `Name{field: value}`; absent where the type cannot be written in an expression. */
  create?(fields: ReadonlyMap<string, CelValue>): CelValue
}

/** Functions, macros and types that belong together. An environment is built from a list of them. */
export interface CelLibrary {
  readonly name: string
  /** One line for the documentation. */
  readonly summary: string
  /** Rows of one function are tried in order. */
  readonly functions: readonly CelOverload[]
  readonly macros?: readonly CelMacro[]
  /** Names of types that expressions may mention (`type(x) == kubernetes.Quantity`). */
  readonly typeNames?: readonly CelType[]
  /** Finds message types by name; a function, because the names may be open-ended. */
  readonly findMessageType?: (name: string) => CelMessageType | undefined
  /** Refusals of calls that no evaluation could make sense of. */
  readonly callChecks?: readonly CallCheck[]
}

/** Looks at a call of a function when compiling, as cel-go's AST validators do. */
export interface CallCheck {
  readonly function: string
  check(call: CallNode, typeOf: (node: CelNode) => CelType): { readonly message: string; readonly position: number } | undefined
}

/** Refuses a literal that a function cannot take; `argument` does not count the receiver. */
export function literalCheck(name: string, argument: number, isValid: (value: CelValue) => boolean): CallCheck {
  return {
    function: name,
    check: ({ args }) => {
      const node = args[argument]
      if (node?.kind !== 'literal' || isValid(node.value)) return undefined
      return { message: `invalid ${name} argument`, position: node.position }
    },
  }
}
