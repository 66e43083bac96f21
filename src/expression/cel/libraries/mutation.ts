// apiserver: pkg/cel/mutation/typeresolver.go, jsonpatch.go, dynamic/objects.go; pkg/cel/library/jsonpatch.go
import type { JsonObject, JsonValue } from '../../../model/json.ts'
import { fn, type CelLibrary, type CelMessageType } from '../library.ts'
import { celType } from '../types/cel-type.ts'
import type { CelType } from '../types/type.ts'
import { equalValues } from '../values/equality.ts'
import { toJson } from '../values/json.ts'
import { isMap, mapEntries } from '../values/map.ts'
import { CelMessage, CelOptional, failure, isList, type CelValue } from '../values/value.ts'

const { dyn, string } = celType

/** `Object{…}`, `Object.spec{…}` and so on: part of a patch, with whatever fields it was given. */
export class ObjectValue extends CelMessage {
  readonly type: CelType
  readonly fields: ReadonlyMap<string, CelValue>

  constructor(name: string, fields: ReadonlyMap<string, CelValue>) {
    super()
    this.type = celType.object(name)
    this.fields = fields
  }

  /** A part that is read is a plain value: it has no type name any more. */
  get(field: string): CelValue | undefined {
    const value = this.fields.get(field)
    return value === undefined ? undefined : toPlain(value)
  }

  equals(other: CelValue): boolean {
    return other instanceof ObjectValue && other.type.name === this.type.name && other.fields.size === this.fields.size
      && [...this.fields].every(([name, value]) => {
        const theirs = other.fields.get(name)
        return theirs !== undefined && equalValues(value, theirs)
      })
  }

  toJson(): JsonObject {
    return Object.fromEntries(Array.from(this.fields, ([name, value]) => [name, toJson(value)]))
  }
}

function toPlain(value: CelValue): CelValue {
  if (value instanceof ObjectValue) return Object.fromEntries(Array.from(value.fields, ([name, part]) => [name, toPlain(part)]))
  if (value instanceof CelOptional) return value.value === undefined ? null : toPlain(value.value)
  return isList(value) ? value.map(toPlain) : value
}

/** `JSONPatch{op: …, path: …, from: …, value: …}`. */
export class JsonPatchValue extends CelMessage {
  readonly type: CelType = celType.object('JSONPatch')
  readonly op: string
  readonly path: string
  readonly from: string
  readonly value: CelValue | undefined

  constructor(fields: ReadonlyMap<string, CelValue>) {
    super()
    const text = (name: string): string => {
      const value = fields.get(name) ?? ''
      if (typeof value !== 'string') throw failure(`unexpected type ${typeof value} for JSONPatchType '${name}' field`)
      return value
    }
    this.op = text('op')
    this.path = text('path')
    this.from = text('from')
    this.value = fields.get('value')
  }

  get(field: string): CelValue | undefined {
    switch (field) {
      case 'op': return this.op === '' ? undefined : this.op
      case 'path': return this.path === '' ? undefined : this.path
      case 'from': return this.from === '' ? undefined : this.from
      default: return field === 'value' ? this.value : undefined
    }
  }

  override getDefault(field: string): CelValue {
    return field === 'value' ? super.getDefault(field) : ''
  }

  equals(other: CelValue): boolean {
    if (!(other instanceof JsonPatchValue) || other.op !== this.op || other.path !== this.path || other.from !== this.from) return false
    return this.value === undefined || other.value === undefined ? this.value === other.value : equalValues(this.value, other.value)
  }

  /** One operation of a JSON patch; fields that were not given are absent. */
  toJson(): JsonObject {
    const operation: Record<string, JsonValue> = { op: this.op, path: this.path }
    if (this.from !== '') operation['from'] = this.from
    if (this.value !== undefined) operation['value'] = toJson(this.value)
    return operation
  }
}

/** Finds parts of a patch whose type does not name the field they are in: `Object.spec{}` belongs into the field `spec` of an `Object{}`. */
export function checkObjectTypes(value: CelValue): string[] {
  return checkPart(value, value instanceof ObjectValue ? value.type.name : '')
}

function checkPart(value: CelValue, path: string): string[] {
  if (value instanceof ObjectValue) {
    const { name } = value.type
    const own = name === path ? [] : [`unexpected type name "${name}", expected "${path}", which matches field name path from root Object type`]
    return [...own, ...Array.from(value.fields).flatMap(([field, part]) => checkPart(part, `${path}.${field}`))]
  }
  if (isList(value)) return value.flatMap((item) => checkPart(item, path))
  return isMap(value) ? Array.from(mapEntries(value)).flatMap(([, part]) => checkPart(part, path)) : []
}

function objectType(name: string): CelMessageType {
  return { name, field: () => dyn, create: (fields) => new ObjectValue(name, fields) }
}

const patchFields = new Map<string, CelType>([['op', string], ['path', string], ['from', string], ['value', dyn]])
const patchType: CelMessageType = { name: 'JSONPatch', field: (name) => patchFields.get(name), create: (fields) => new JsonPatchValue(fields) }

/** What mutating policies construct. Objects take any field: without a schema nothing more is known. */
export const mutation: CelLibrary = {
  name: 'mutation',
  summary: 'Objects and JSON patches that mutating policies return',
  functions: [
    fn('jsonpatch.escapeKey', [string], string, (key) => key.replace(/[~/]/g, (character) => (character === '~' ? '~0' : '~1'))),
  ],
  findMessageType: (name) => {
    if (name === patchType.name) return patchType
    return name === 'Object' || name.startsWith('Object.') ? objectType(name) : undefined
  },
}
