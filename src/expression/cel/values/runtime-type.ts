import { celType } from '../types/cel-type.ts'
import type { CelType } from '../types/type.ts'
import { isMap, mapEntries } from './map.ts'
import { CelBoxed, isList, type CelValue } from './value.ts'

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

/** The name of cel-go's Go type for a value, which some of its messages contain: `types.String`. */
export function goTypeName(value: CelValue): string {
  if (value === null) return 'types.Null'
  const { name } = runtimeType(value)
  if (name === 'optional_type' || name === 'type') return name === 'type' ? '*types.Type' : '*types.Optional'
  if (name === 'list' || name === 'map') return name === 'list' ? '*types.baseList' : '*types.baseMap'
  const short = name.slice(name.lastIndexOf('.') + 1)
  return `types.${short.charAt(0).toUpperCase()}${short.slice(1)}`
}

/** A test whether a value has a type. */
export type TypeTest = (value: CelValue) => boolean

/** The test whether a value is of a type at run time, made once for a type. Of lists and maps the first entry is looked at, as in cel-go. */
export function runtimeTypeTest(type: CelType): TypeTest {
  switch (type.kind) {
    case 'string': return (value) => typeof value === 'string'
    case 'int': return (value) => typeof value === 'bigint'
    case 'double': return (value) => typeof value === 'number'
    case 'bool': return (value) => typeof value === 'boolean'
    case 'null': return (value) => value === null
    case 'list': return listTest(type.parameters[0] as CelType)
    case 'map': return mapTest(type.parameters[0] as CelType, type.parameters[1] as CelType)
    case 'dyn': case 'parameter': return anything
    default: return (value) => {
      const actual = runtimeType(value)
      return actual.kind === type.kind && actual.name === type.name
    }
  }
}

const anything: TypeTest = () => true

function listTest(element: CelType): TypeTest {
  const test = runtimeTypeTest(element)
  if (test === anything) return Array.isArray
  return (value) => isList(value) && (value.length === 0 || test(value[0] as CelValue))
}

function mapTest(key: CelType, content: CelType): TypeTest {
  const [testKey, testContent] = [runtimeTypeTest(key), runtimeTypeTest(content)]
  if (testKey === anything && testContent === anything) return isMap
  return (value) => {
    if (!isMap(value)) return false
    for (const [first, second] of mapEntries(value)) return testKey(first) && testContent(second)
    return true
  }
}
