import type { AnyMap } from '../values/map.ts'
import type { CelBytes, CelDuration, CelMessage, CelOptional, CelTimestamp, CelTypeValue, CelUint, CelValue } from '../values/value.ts'
import { makeType, type CelType } from './type.ts'

const dyn = makeType<CelValue>('dyn', 'dyn')

/** Constructors of CEL types. The type argument of each is the JavaScript type that implementations of functions see. */
export const celType = {
  dyn,
  error: makeType<CelValue>('error', '!error!'),
  null: makeType<null>('null', 'null_type'),
  bool: makeType<boolean>('bool', 'bool'),
  int: makeType<bigint>('int', 'int'),
  uint: makeType<CelUint>('uint', 'uint'),
  double: makeType<number>('double', 'double'),
  string: makeType<string>('string', 'string'),
  bytes: makeType<CelBytes>('bytes', 'bytes'),
  duration: makeType<CelDuration>('duration', 'google.protobuf.Duration'),
  timestamp: makeType<CelTimestamp>('timestamp', 'google.protobuf.Timestamp'),
  list: <T>(element: CelType<T>) => makeType<readonly T[]>('list', 'list', [element]),
  map: (key: CelType, value: CelType) => makeType<AnyMap>('map', 'map', [key, value]),
  /** The type of a type; without a parameter, of any type. */
  type: (represents?: CelType) => makeType<CelTypeValue>('type', 'type', represents === undefined ? [] : [represents]),
  optional: (value: CelType) => makeType<CelOptional>('opaque', 'optional_type', [value]),
  /** A library's own type; give the class of its values: `celType.opaque<Quantity>('kubernetes.Quantity')`. */
  opaque: <T extends CelValue>(name: string, ...parameters: CelType[]) => makeType<T>('opaque', name, parameters),
  /** A message type: values have named fields. */
  object: <T extends CelValue = CelMessage>(name: string) => makeType<T>('object', name),
  /** A type variable: equal names within one overload are the same type. */
  parameter: (name: string) => makeType<CelValue>('parameter', name),
} as const

/** Says whether a type is an optional, whatever its value. */
export function isOptionalType(type: CelType): boolean {
  return type.kind === 'opaque' && type.name === 'optional_type'
}
