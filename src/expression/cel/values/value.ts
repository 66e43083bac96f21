import { EvaluationError } from '../../../model/errors.ts'
import type { JsonValue } from '../../../model/json.ts'
import { makeType, type CelType } from '../types/type.ts'

const types = {
  uint: makeType('uint', 'uint'),
  bytes: makeType('bytes', 'bytes'),
  duration: makeType('duration', 'google.protobuf.Duration'),
  timestamp: makeType('timestamp', 'google.protobuf.Timestamp'),
  optional: makeType('opaque', 'optional_type', [makeType('dyn', 'dyn')]),
  type: makeType('type', 'type'),
} as const

/**
 * Base of every value that is not plain JSON. Whoever sees an object that is neither a list nor a `CelBoxed` has a map with string keys.
 */
export abstract class CelBoxed {
  /** The runtime type. */
  abstract readonly type: CelType
}

/** A map with string keys: a JSON object as it is, so that documents need no conversion. */
export interface CelObject {
  readonly [key: string]: CelValue
}

/**
 * A CEL value: `bigint` is an int, `number` a double, arrays are lists, plain objects are maps with string keys,
 * and everything else (uint, bytes, durations, timestamps, optionals, types, other maps, messages, opaque values) is a `CelBoxed`.
 */
export type CelValue = null | boolean | bigint | number | string | readonly CelValue[] | CelObject | CelBoxed

/** An unsigned 64-bit integer. */
export class CelUint extends CelBoxed {
  readonly type: CelType = types.uint
  readonly value: bigint

  constructor(value: bigint) {
    super()
    this.value = value
  }
}

/** A sequence of bytes. */
export class CelBytes extends CelBoxed {
  readonly type: CelType = types.bytes
  readonly bytes: Uint8Array

  constructor(bytes: Uint8Array) {
    super()
    this.bytes = bytes
  }
}

/** A span of time in nanoseconds. */
export class CelDuration extends CelBoxed {
  readonly type: CelType = types.duration
  readonly nanoseconds: bigint

  constructor(nanoseconds: bigint) {
    super()
    this.nanoseconds = nanoseconds
  }
}

/** An instant in nanoseconds since 1970; it remembers the offset from UTC it was written with, which only printing shows. */
export class CelTimestamp extends CelBoxed {
  readonly type: CelType = types.timestamp
  readonly nanoseconds: bigint
  /** Minutes east of UTC. */
  readonly offset: number

  constructor(nanoseconds: bigint, offset = 0) {
    super()
    this.nanoseconds = nanoseconds
    this.offset = offset
  }
}

/** A value that may be there. */
export class CelOptional extends CelBoxed {
  readonly type: CelType = types.optional
  readonly value: CelValue | undefined

  constructor(value: CelValue | undefined) {
    super()
    this.value = value
  }
}

/** The optional without a value. */
export const none = new CelOptional(undefined)

/** A type as a value: what `type(x)` and the name of a type give. */
export class CelTypeValue extends CelBoxed {
  readonly type: CelType = types.type
  readonly represents: CelType

  constructor(represents: CelType) {
    super()
    this.represents = represents
  }
}

/** A value of a library's own type: a quantity, an IP address, an image. */
export abstract class CelOpaque extends CelBoxed {
  abstract equals(other: CelValue): boolean
  /** The value as a result or inside a patch. */
  abstract toJson(): JsonValue
  /** What `type(x)` gives. */
  toTypeValue(): CelTypeValue {
    return new CelTypeValue(this.type)
  }
}

/** A value with named fields that is not a map: `Object{…}`, or a context whose fields are computed when read. */
export abstract class CelMessage extends CelBoxed {
  /** The field's value; `undefined` where it is not set. */
  abstract get(field: string): CelValue | undefined
  /** What reading an unset field gives; by default the error that a map without the key gives. */
  getDefault(field: string): CelValue {
    throw new EvaluationError('EXPRESSION_FAILED', `no such key: ${field}`)
  }
  abstract equals(other: CelValue): boolean
  abstract toJson(): JsonValue
}

/** Tells lists. */
export function isList(value: CelValue): value is readonly CelValue[] {
  return Array.isArray(value)
}

/** Tells maps with string keys that are plain objects; `CelMap` is the other kind of map. */
export function isPlainMap(value: CelValue): value is CelObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof CelBoxed)
}

/**
 * The error of an expression that cannot be evaluated. It has no stack: errors are values of CEL, made and absorbed by the thousand
 * (`x.missing == 1 || true`), and collecting a stack costs a hundred times more than everything else about them.
 */
export function failure(message: string): EvaluationError {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  try {
    return new EvaluationError('EXPRESSION_FAILED', message)
  } finally {
    Error.stackTraceLimit = limit
  }
}
