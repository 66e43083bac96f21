// Counterpart: gojq func.go (paths, errors) and what a query is not given here: environment, inputs, clock
import { getPath, sliceValue } from '../access.ts'
import { fail, Halt, raised } from '../failure.ts'
import { toInt } from '../numbers.ts'
import { deletePaths, setPath } from '../set-path.ts'
import { notApplicable, type PlainFunctions } from './table.ts'

export const otherFunctions: PlainFunctions = {
  'setpath/2': (input, path = null, value = null) => setPath(input, path, value),
  'delpaths/1': (input, paths = null) => deletePaths(input, paths),
  '_slice/3': (_, value = null, end = null, start = null) => sliceValue(value, start, end),
  '_getpath/1': (input, path = null) => getPath(input, path),
  'error/0': (input) => {
    throw raised(input)
  },
  'error/1': (_, value = null) => {
    throw raised(value)
  },
  'halt/0': () => {
    throw new Halt(null)
  },
  'halt_error/0': (input) => {
    throw new Halt(input)
  },
  'halt_error/1': (input, code = null) => {
    if (toInt(code) === undefined) throw notApplicable('halt_error', code)
    throw new Halt(input)
  },
  'modulemeta/0': (input) => {
    if (typeof input !== 'string') throw notApplicable('modulemeta', input)
    throw fail(() => `cannot load module: ${JSON.stringify(input)}`)
  },
  // Results must not depend on when a query runs.
  'now/0': () => {
    throw fail(() => 'now is not supported')
  },
}
