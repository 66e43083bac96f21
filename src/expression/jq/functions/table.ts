import { describe, preview } from '../encode.ts'
import { fail, type JqFailure } from '../failure.ts'
import type { Compilation } from '../names.ts'
import type { Filter } from '../runtime.ts'
import type { JqValue } from '../syntax.ts'

/** Computes one value of the input and of finished arguments. */
export type PlainFunction = (input: JqValue, ...args: JqValue[]) => JqValue

/** Functions by `name/arity`. */
export type PlainFunctions = Readonly<Record<string, PlainFunction>>

/** A function whose arguments are queries; compiled with them. */
export type QueryFunction = (args: readonly Filter[], compilation: Compilation) => Filter

export type QueryFunctions = Readonly<Record<string, QueryFunction>>

/** gojq's complaint about an input that a function cannot take. */
export function notApplicable(name: string, input: JqValue, ...args: readonly JqValue[]): JqFailure {
  return fail(() => `${name}${args.length === 0 ? '' : `(${args.map(preview).join('; ')})`} cannot be applied to: ${describe(input)}`)
}

/** The same, with the reason. */
export function notApplicableBecause(reason: string, name: string, input: JqValue, ...args: readonly JqValue[]): JqFailure {
  return fail(() => `${name}${args.length === 0 ? '' : `(${args.map(preview).join('; ')})`} cannot be applied to ${preview(input)}: ${reason}`)
}
