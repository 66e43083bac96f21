import type { CallContext, CelOverload } from '../library.ts'
import type { CelType } from '../types/type.ts'
import { runtimeType, runtimeTypeTest, type TypeTest } from '../values/runtime-type.ts'
import { failure, type CelValue } from '../values/value.ts'
import { noSuchOverloadMessage } from './no-such-overload.ts'
import type { Compiled, Frame, Run } from './frame.ts'

type Evaluate = (...args: readonly [...CelValue[], CallContext]) => CelValue

interface Candidate {
  readonly overload: CelOverload
  readonly evaluate: Evaluate
  readonly isPrepared: boolean
  readonly tests: readonly TypeTest[]
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
  const prepared = overload.prepare?.(constants)
  const evaluate = (prepared ?? overload.evaluate) as unknown as Evaluate
  return { overload, evaluate, isPrepared: prepared !== undefined, tests: overload.parameters.map((type: CelType) => runtimeTypeTest(type)) }
}

function spendOn(frame: Frame, { cost }: CelOverload, args: readonly CelValue[], result: CelValue): CelValue {
  frame.spend(cost === undefined ? 1 : cost(args, result))
  return result
}

/** Nearly every call has its first candidate's types, so that one is tried without a loop. */
function compileUnary(name: string, candidates: readonly Candidate[], operand: Run): Run {
  const [first] = candidates
  if (first === undefined) return compileAny(name, candidates, [operand])
  const { overload, evaluate, tests: [test = never] } = first
  const { cost } = overload
  return (frame) => {
    const value = operand(frame)
    if (!test(value)) return callAny(name, candidates, [value], frame)
    const result = evaluate(value, frame.context)
    if (cost === undefined) frame.cost++
    else frame.spend(cost([value], result))
    return result
  }
}

function compileBinary(name: string, candidates: readonly Candidate[], left: Run, right: Run): Run {
  const [first] = candidates
  if (first === undefined) return compileAny(name, candidates, [left, right])
  const { overload, evaluate, tests: [testLeft = never, testRight = never] } = first
  const { cost } = overload
  return (frame) => {
    const a = left(frame)
    const b = right(frame)
    if (!testLeft(a) || !testRight(b)) return callAny(name, candidates, [a, b], frame)
    const result = evaluate(a, b, frame.context)
    if (cost === undefined) frame.cost++
    else frame.spend(cost([a, b], result))
    return result
  }
}

function never(): boolean {
  return false
}

function compileAny(name: string, candidates: readonly Candidate[], operands: readonly Run[]): Run {
  return (frame) => callAny(name, candidates, operands.map((operand) => operand(frame)), frame)
}

function callAny(name: string, candidates: readonly Candidate[], args: readonly CelValue[], frame: Frame): CelValue {
  for (const { overload, evaluate, tests } of candidates) {
    if (args.every((value, index) => (tests[index] as TypeTest)(value))) return spendOn(frame, overload, args, evaluate(...args, frame.context))
  }
  // What is made for a constant (a pattern) does not know the function's name any more, in cel-go either.
  throw candidates.some(({ isPrepared }) => isPrepared) ? failure('no such overload') : noSuchOverload(name, args)
}

function noSuchOverload(name: string, args: readonly CelValue[]): Error {
  return failure(noSuchOverloadMessage(name, args.map((value) => runtimeType(value).name)))
}
