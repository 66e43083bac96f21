/** What a CEL type is; `parameter` is a type variable such as the `T` of `list(T)`. */
export type CelTypeKind =
  | 'dyn' | 'error' | 'null' | 'bool' | 'int' | 'uint' | 'double' | 'string' | 'bytes' | 'duration' | 'timestamp'
  | 'list' | 'map' | 'type' | 'opaque' | 'object' | 'parameter'

/** A CEL type. `Js` is the JavaScript type of its values, so that the rows of function tables are checked by the compiler. */
export interface CelType<Js = unknown> {
  readonly kind: CelTypeKind
  /** The runtime name: what `type(x)` prints. */
  readonly name: string
  readonly parameters: readonly CelType[]
  /** Exists for the type checker only. */
  readonly js?: Js
}

/** Makes a type. Prefer the constructors in `celType`. */
export function makeType<Js>(kind: CelTypeKind, name: string, parameters: readonly CelType[] = []): CelType<Js> {
  return { kind, name, parameters }
}

/** Says whether two types are the same, parameters included. */
export function isSameType(a: CelType, b: CelType): boolean {
  return a === b || (a.kind === b.kind && a.name === b.name && a.parameters.length === b.parameters.length
    && a.parameters.every((parameter, index) => isSameType(parameter, b.parameters[index] as CelType)))
}

/** A type by its runtime names, as `type` values and recorded answers have it: `list(google.protobuf.Timestamp)`. */
export function formatType(type: CelType): string {
  return type.parameters.length === 0 ? type.name : `${type.name}(${type.parameters.map(formatType).join(', ')})`
}

const messageNames: Readonly<Partial<Record<CelTypeKind, string>>> = { null: 'null', duration: 'duration', timestamp: 'timestamp', error: '!error!' }

/** A type as the messages of the checker have it: `list(timestamp)`. */
export function formatTypeForMessage(type: CelType): string {
  const name = messageNames[type.kind] ?? type.name
  return type.parameters.length === 0 ? name : `${name}(${type.parameters.map(formatTypeForMessage).join(', ')})`
}
