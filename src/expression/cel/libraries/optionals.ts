// cel-go: cel/library.go (optionalLib)
import { fn, method, type CelLibrary } from '../library.ts'
import { indexOptional, selectIndex } from '../compile/select.ts'
import type { CelNode } from '../syntax/ast.ts'
import type { CelMacro, MacroCall } from '../syntax/macro.ts'
import { CelSyntaxError } from '../syntax/syntax-error.ts'
import { celType } from '../types/cel-type.ts'
import { isMap, mapSize } from '../values/map.ts'
import { CelBoxed, CelBytes, CelDuration, CelMessage, CelOptional, CelTimestamp, CelUint, failure, isList, none, type CelValue } from '../values/value.ts'

const { bool, dyn, int, list, map, optional, parameter } = celType
const [T, K, V] = [parameter('T'), parameter('K'), parameter('V')]

/** Go's zero time: the beginning of the year 1. */
const firstInstant = -62_135_596_800_000_000_000n

/** What `optional.ofNonZeroValue` takes for nothing. */
function isZeroValue(value: CelValue): boolean {
  if (typeof value !== 'object' || value === null) return value === null || value === false || value === '' || value === 0n || value === 0
  if (isList(value)) return value.length === 0
  if (isMap(value)) return mapSize(value) === 0
  return value instanceof CelBoxed && isZeroBoxed(value)
}

function isZeroBoxed(value: CelBoxed): boolean {
  if (value instanceof CelUint) return value.value === 0n
  if (value instanceof CelBytes) return value.bytes.length === 0
  if (value instanceof CelDuration) return value.nanoseconds === 0n
  if (value instanceof CelTimestamp) return value.nanoseconds === firstInstant
  return value instanceof CelMessage && isEmptyMessage(value)
}

function isEmptyMessage(message: CelMessage): boolean {
  const json = message.toJson()
  return typeof json === 'object' && json !== null && Object.keys(json).length === 0
}

function valueOf({ value }: CelOptional): CelValue {
  if (value === undefined) throw failure('optional.none() dereference')
  return value
}

function unwrap(items: readonly CelOptional[]): readonly CelValue[] {
  return items.flatMap(({ value }) => (value === undefined ? [] : [value]))
}

/** `x.optMap(v, e)` is `x.hasValue() ? optional.of(e with v = x.value()) : optional.none()`; `optFlatMap` is the same without `optional.of`. */
function optionalMapMacro(name: 'optMap' | 'optFlatMap'): CelMacro {
  const expand = ({ target, args: [variable, body], position }: MacroCall): CelNode => {
    if (variable?.kind !== 'ident') throw new CelSyntaxError(`${name}() variable name must be a simple identifier`, variable?.position ?? position)
    const input: CelNode = target?.kind === 'ident' ? target : { kind: 'ident', name: '@target', position }
    const callOf = (method: string): CelNode => ({ kind: 'call', name: method, target: input, args: [], position })
    const mapped: CelNode = { kind: 'bind', name: variable.name, value: callOf('value'), body: body as CelNode, position }
    const present: CelNode = name === 'optMap' ? { kind: 'call', name: 'optional.of', args: [mapped], position } : mapped
    const absent: CelNode = { kind: 'call', name: 'optional.none', args: [], position }
    const result: CelNode = { kind: 'call', name: '_?_:_', args: [callOf('hasValue'), present, absent], position }
    return target?.kind === 'ident' ? result : { kind: 'bind', name: '@target', value: target as CelNode, body: result, position }
  }
  return { name, isReceiver: true, argumentCount: 2, expand }
}

/** Optional values: `a.?b`, `list[?0]`, `{?k: v}` and what can be done with them. */
export const optionals: CelLibrary = {
  name: 'optionals',
  summary: 'Optional values',
  functions: [
    fn('optional.of', [V], optional(V), (value) => new CelOptional(value)),
    fn('optional.ofNonZeroValue', [V], optional(V), (value) => (isZeroValue(value) ? none : new CelOptional(value))),
    fn('optional.none', [], optional(V), () => none),
    method('value', [optional(V)], V, valueOf),
    method('hasValue', [optional(V)], bool, ({ value }) => value !== undefined),
    method('or', [optional(V), optional(V)], optional(V), (first, second) => (first.value === undefined ? second : first)),
    method('orValue', [optional(V), V], V, ({ value }, otherwise) => value ?? (value === null ? null : otherwise)),
    fn('_[?_]', [list(V), int], optional(V), (items, index) => indexOptional(items, index) as CelOptional),
    fn('_[?_]', [optional(list(V)), int], optional(V), (items, index) => indexOptional(items, index) as CelOptional),
    fn('_[?_]', [map(K, V), K], optional(V), (entries, key) => indexOptional(entries, key) as CelOptional),
    fn('_[?_]', [optional(map(K, V)), K], optional(V), (entries, key) => indexOptional(entries, key) as CelOptional),
    fn('_[_]', [optional(list(V)), int], optional(V), (items, index) => selectIndex(items, index) as CelOptional),
    fn('_[_]', [optional(map(K, V)), K], optional(V), (entries, key) => selectIndex(entries, key) as CelOptional),
    fn('optional.unwrap', [list(optional(V))], list(V), unwrap),
    method('unwrapOpt', [list(optional(V))], list(V), unwrap),
    method('first', [list(T)], optional(T), (items) => (items.length === 0 ? none : new CelOptional(items[0]))),
    method('last', [list(T)], optional(T), (items) => (items.length === 0 ? none : new CelOptional(items[items.length - 1]))),
  ],
  macros: [optionalMapMacro('optMap'), optionalMapMacro('optFlatMap')],
  typeNames: [optional(dyn)],
}
