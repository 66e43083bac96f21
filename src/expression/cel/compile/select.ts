import { formatFloat } from '../../../values/number-text.ts'
import { goTypeName, runtimeType } from '../values/runtime-type.ts'
import type { Run } from './frame.ts'
import { CelMap, mapGet } from '../values/map.ts'
import { CelBoxed, CelMessage, CelOptional, CelUint, failure, isList, isPlainMap, none, type CelObject, type CelValue } from '../values/value.ts'

/**
 * Reads a field of a plain object. Documents hold no `undefined`, so what is undefined is not there; only names that every object inherits
 * (`constructor`, `__proto__`) need the question whether the object has them itself.
 */
function fieldReader(field: string): (object: CelObject) => CelValue | undefined {
  if (Reflect.has(Object.prototype, field)) return (object) => (Object.hasOwn(object, field) ? object[field] : undefined)
  return (object) => object[field]
}

/** `value.field`. */
export function compileSelect(operand: Run, field: string, cost: number): Run {
  const read = fieldReader(field)
  return (frame) => {
    const value = operand(frame)
    frame.cost += cost
    if (typeof value === 'object' && value !== null && !(value instanceof CelBoxed) && !Array.isArray(value)) {
      const found = read(value as CelObject)
      if (found !== undefined) return found
      throw failure(`no such key: ${field}`)
    }
    return selectField(value, field)
  }
}

/** `value.?field`. */
export function compileOptionalSelect(operand: Run, field: string, cost: number): Run {
  const read = fieldReader(field)
  return (frame) => {
    const given = operand(frame)
    frame.cost += cost
    const value = given instanceof CelOptional ? given.value : given
    if (value === undefined) return none
    if (typeof value !== 'object' || value === null || value instanceof CelBoxed || Array.isArray(value)) return selectOptional(value, field)
    const found = read(value as CelObject)
    return found === undefined ? none : new CelOptional(found)
  }
}

/** `has(value.field)`. */
export function compileTest(operand: Run, field: string): Run {
  const read = fieldReader(field)
  return (frame) => {
    const value = operand(frame)
    if (typeof value === 'object' && value !== null && !(value instanceof CelBoxed) && !Array.isArray(value)) return read(value as CelObject) !== undefined
    return testField(value, field)
  }
}

function selectField(value: CelValue, field: string): CelValue {
  if (value instanceof CelOptional) return value.value === undefined ? none : selectOptional(value.value, field)
  const found = findField(value, field)
  if (found !== undefined) return found
  if (value instanceof CelMessage) return value.getDefault(field)
  throw failure(`no such key: ${field}`)
}

function selectOptional(value: CelValue, field: string): CelValue {
  if (value instanceof CelOptional) return value.value === undefined ? none : selectOptional(value.value, field)
  const found = findField(value, field)
  return found === undefined ? none : new CelOptional(found)
}

/** False for what has no fields at all, an error for a list. */
function testField(value: CelValue, field: string): boolean {
  if (value instanceof CelOptional) return value.value !== undefined && testField(value.value, field)
  return findField(value, field) !== undefined
}

function findField(value: CelValue, field: string): CelValue | undefined {
  if (isPlainMap(value)) return Object.hasOwn(value, field) ? value[field] : undefined
  if (value instanceof CelMap) return value.get(field)
  if (value instanceof CelMessage) return value.get(field)
  if (isList(value)) throw failure(`unsupported index type 'string' in list`)
  return undefined
}

/** `value[key]`. */
export function selectIndex(value: CelValue, key: CelValue): CelValue {
  if (value instanceof CelOptional) return value.value === undefined ? none : indexOptional(value.value, key)
  const found = findIndex(value, key)
  if (found !== undefined) return found
  if (isList(value)) throw failure(`index out of bounds: ${String(listIndex(key))}`)
  throw failure(`no such key: ${formatKey(key)}`)
}

/** `value[?key]`. */
export function indexOptional(value: CelValue, key: CelValue): CelValue {
  if (value instanceof CelOptional) return value.value === undefined ? none : indexOptional(value.value, key)
  const found = findIndex(value, key)
  return found === undefined ? none : new CelOptional(found)
}

function findIndex(value: CelValue, key: CelValue): CelValue | undefined {
  if (typeof key === 'object' && !(key instanceof CelUint)) throw failure(`invalid qualifier type: ${goTypeName(key)}`)
  if (isList(value)) {
    const index = listIndex(key)
    return index >= 0 && index < value.length ? value[index] : undefined
  }
  if (value instanceof CelMap || isPlainMap(value)) return mapGet(value, key)
  return value instanceof CelMessage && typeof key === 'string' ? value.get(key) : undefined
}

function listIndex(key: CelValue): number {
  const whole = key instanceof CelUint ? key.value : key
  if (typeof whole === 'bigint') {
    if (BigInt.asIntN(64, whole) !== whole) throw failure(`unsupported index value ${whole} in list`)
    return Number(whole)
  }
  if (typeof key !== 'number') throw failure(`unsupported index type '${runtimeType(key).name}' in list`)
  if (!Number.isInteger(key)) throw failure(`unsupported index value ${key} in list`)
  return key
}

function formatKey(key: CelValue): string {
  if (typeof key === 'number') return formatFloat(key, 'g')
  return key instanceof CelUint ? String(key.value) : String(key)
}
