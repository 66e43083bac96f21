import { celType } from '../types/cel-type.ts'
import type { CelType } from '../types/type.ts'
import { CelBoxed, type CelValue } from './value.ts'

const list = celType.list(celType.dyn)
const map = celType.map(celType.dyn, celType.dyn)

/** The type of a value at run time; what lists and maps hold is not looked at. */
export function runtimeType(value: CelValue): CelType {
  switch (typeof value) {
    case 'string': return celType.string
    case 'bigint': return celType.int
    case 'number': return celType.double
    case 'boolean': return celType.bool
    default:
      if (value === null) return celType.null
      if (value instanceof CelBoxed) return value.type
      return Array.isArray(value) ? list : map
  }
}

/** The test whether a value is of a type at run time, made once for a type. Parameters of lists and maps are not looked at, as in cel-go. */
export function runtimeTypeTest(type: CelType): (value: CelValue) => boolean {
  switch (type.kind) {
    case 'string': return (value) => typeof value === 'string'
    case 'int': return (value) => typeof value === 'bigint'
    case 'double': return (value) => typeof value === 'number'
    case 'bool': return (value) => typeof value === 'boolean'
    case 'null': return (value) => value === null
    case 'list': return Array.isArray
    case 'dyn': case 'parameter': return () => true
    default: return (value) => {
      const actual = runtimeType(value)
      return actual.kind === type.kind && actual.name === type.name
    }
  }
}
