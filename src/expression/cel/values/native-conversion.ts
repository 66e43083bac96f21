// cel-go: ConvertToNative of common/types/*.go
import { runtimeType } from './runtime-type.ts'
import type { CelValue } from './value.ts'

/** What cel-go says where a function takes Go values and this is not one of the wanted type (`string`, say). */
export function conversionError(value: CelValue, wanted: string): string {
  const { kind, name } = runtimeType(value)
  switch (kind) {
    case 'int': case 'uint': return `unsupported type conversion from '${name}' to ${wanted}`
    case 'double': return `type conversion error from Double to '${wanted}'`
    case 'bytes': return `type conversion error from Bytes to '${wanted}'`
    case 'null': return `type conversion error from 'null_type' to '${wanted}'`
    case 'duration': return `type conversion error from 'Duration' to '${wanted}'`
    case 'timestamp': return `type conversion error from 'Timestamp' to '${wanted}'`
    default: return `type conversion error from ${name} to '${wanted}'`
  }
}
