// cel-go: common/stdlib/standard.go
import { literalCheck, type CelLibrary } from '../../library.ts'
import { standardMacros } from '../../syntax/standard-macros.ts'
import { celType } from '../../types/cel-type.ts'
import { parseDuration } from '../../../../values/duration.ts'
import { compileGoRegex } from '../../../../values/go-regex.ts'
import { arithmetic } from './arithmetic.ts'
import { comparison } from './comparison.ts'
import { conversion, isTimestamp } from './conversion.ts'
import { operators } from './operators.ts'
import { textAndSize } from './text-and-size.ts'
import { time } from './time.ts'

const { bool, bytes, double, duration, dyn, int, list, map, string, timestamp, type, uint } = celType

/** The language's own operators, functions, macros and type names. */
export const standard: CelLibrary = {
  name: 'standard',
  summary: 'Operators, conversions, sizes, text predicates, dates and times',
  functions: [...operators, ...arithmetic, ...comparison, ...conversion, ...textAndSize, ...time],
  macros: standardMacros,
  typeNames: [bool, bytes, double, duration, int, list(dyn), map(dyn, dyn), celType.null, string, timestamp, type(), uint],
  callChecks: [
    literalCheck('duration', 0, (value) => typeof value !== 'string' || parseDuration(value) !== undefined),
    literalCheck('timestamp', 0, (value) => typeof value !== 'string' || isTimestamp(value)),
    literalCheck('matches', 0, (value) => typeof value !== 'string' || compileGoRegex(value) !== undefined),
  ],
}
