import type { CallContext, CelOverload } from '../library.ts'
import type { CelType } from '../types/type.ts'
import { runtimeType, runtimeTypeTest } from '../values/runtime-type.ts'
import { failure, type CelValue } from '../values/value.ts'
import { noSuchOverloadMessage } from './no-such-overload.ts'
import type { Compiled, Frame, Run } from './frame.ts'

type Evaluate = (...args: readonly [...CelValue[], CallContext]) => CelValue

interface Candidate {
  readonly overload: CelOverload
  readonly evaluate: Evaluate
  readonly tests: readonly ((value: CelValue) => boolean)[]
}

/**
 * Compiles a call: at run time the first overload whose parameters fit the values is taken. Those that fit the static types come first; the others
 * follow, because a declared type may promise what a document does not keep.
 */
export function compileCall(name: string, fitting: readonly CelOverload[], all: readonly CelOverload[], operands: readonly Compiled[]): Run {
  const others = all.filter((overload) => !fitting.includes(overload)
    && overload.isReceiver === fitting[0]?.isReceiver && overload.parameters.length === operands.length)
  const constants = operands.map(({ constant }) => constant)
  const candidates = [...fitting, ...others].map((overload) => makeCandidate(overload, constants))
  const runs = operands.map(({ run }) => run)
  switch (operands.length) {
    case 1: return compileUnary(name, candidates, runs[0] as Run)
    case 2: return compileBinary(name, candidates, runs[0] as Run, runs[1] as Run)
    default: return compileAny(name, candidates, runs)
  }
}

function makeCandidate(overload: CelOverload, constants: readonly (CelValue | undefined)[]): Candidate {
  const evaluate = (overload.prepare?.(constants) ?? overload.evaluate) as unknown as Evaluate
  return { overload, evaluate, tests: overload.parameters.map((type: CelType) => runtimeTypeTest(type)) }
}

function spendOn(frame: Frame, { cost }: CelOverload, args: readonly CelValue[], result: CelValue): CelValue {
  frame.spend(cost === undefined ? 1 : cost(args, result))
  return result
}

function compileUnary(name: string, candidates: readonly Candidate[], operand: Run): Run {
  return (frame) => {
    const value = operand(frame)
    for (const { overload, evaluate, tests } of candidates) {
      if ((tests[0] as (value: CelValue) => boolean)(value)) return spendOn(frame, overload, [value], evaluate(value, frame.context))
    }
    throw noSuchOverload(name, [value])
  }
}

function compileBinary(name: string, candidates: readonly Candidate[], left: Run, right: Run): Run {
  return (frame) => {
    const a = left(frame)
    const b = right(frame)
    for (const { overload, evaluate, tests } of candidates) {
      if ((tests[0] as (value: CelValue) => boolean)(a) && (tests[1] as (value: CelValue) => boolean)(b)) {
        return spendOn(frame, overload, [a, b], evaluate(a, b, frame.context))
      }
    }
    throw noSuchOverload(name, [a, b])
  }
}

function compileAny(name: string, candidates: readonly Candidate[], operands: readonly Run[]): Run {
  return (frame) => {
    const args = operands.map((operand) => operand(frame))
    for (const { overload, evaluate, tests } of candidates) {
      if (args.every((value, index) => (tests[index] as (value: CelValue) => boolean)(value))) {
        return spendOn(frame, overload, args, evaluate(...args, frame.context))
      }
    }
    throw noSuchOverload(name, args)
  }
}

function noSuchOverload(name: string, args: readonly CelValue[]): Error {
  return failure(noSuchOverloadMessage(name, args.map((value) => runtimeType(value).name)))
}
