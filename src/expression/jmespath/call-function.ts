import { failure } from './failure.ts'
import type { FunctionRow, ParameterType, TypeName } from './function-row.ts'
import type { Run } from './run.ts'
import { isList, isObject, typeName, type Outcome, type Value } from './value.ts'

/** Calls a function of the dialect after checking its arguments. */
export function callFunction(row: FunctionRow, args: readonly Value[], run: Run): Outcome {
  checkArguments(row, args)
  run.spend(1)
  return row.implementation(args, run)
}

function checkArguments({ name, parameters, variadic }: FunctionRow, args: readonly Value[]): void {
  if (variadic) {
    if (args.length >= parameters.length) return
    throw failure(name, `needs ${parameters.length} arguments, not ${args.length}`)
  }
  if (args.length !== parameters.length) throw failure(name, `takes ${parameters.length} arguments, not ${args.length}`)
  for (let index = 0; index < args.length; index++) {
    const [type, value] = [parameters[index] as ParameterType, args[index] as Value]
    if (!type.split('|').some((alternative) => checks[alternative as TypeName](value))) {
      throw failure(name, `argument ${index + 1} must be ${type.replaceAll('|', ' or ')}, not ${typeName(value)}`)
    }
  }
}

const checks: Readonly<Record<TypeName, (value: Value) => boolean>> = {
  'string': (value) => typeof value === 'string',
  'number': (value) => typeof value === 'number',
  'array': isList,
  'object': isObject,
  'array[number]': (value) => isList(value) && value.every((item) => typeof item === 'number'),
  'array[string]': (value) => isList(value) && value.every((item) => typeof item === 'string'),
  'expression': (value) => typeof value === 'function',
  'any': () => true,
}
