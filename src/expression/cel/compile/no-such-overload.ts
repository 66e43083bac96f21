// cel-go: interpreter/interpretable.go (evalUnary, evalBinary, evalVarArgs), common/decls/decls.go (MaybeNoSuchOverload)

const comparable = new Set(['bool', 'bytes', 'double', 'google.protobuf.Duration', 'int', 'string', 'google.protobuf.Timestamp', 'uint'])
const numbers = new Set(['double', 'int', 'uint'])

/** The types that know an operator; on the others the message names it. */
const operatorTypes: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['_+_', new Set(['bytes', 'double', 'google.protobuf.Duration', 'int', 'list', 'string', 'google.protobuf.Timestamp', 'uint'])],
  ['_-_', new Set(['double', 'google.protobuf.Duration', 'int', 'google.protobuf.Timestamp', 'uint'])],
  ['_*_', numbers],
  ['_/_', numbers],
  ['_%_', new Set(['int', 'uint'])],
  ['-_', new Set(['bool', 'double', 'google.protobuf.Duration', 'int'])],
  ['_<_', comparable], ['_<=_', comparable], ['_>_', comparable], ['_>=_', comparable],
])
/** Types with methods: cel-go asks them for the operator before it gives up. */
const receivers = new Set(['string', 'google.protobuf.Duration', 'google.protobuf.Timestamp'])
/** Functions with one implementation for all types, which does not say more. */
const terse = new Set(['contains', 'startsWith', 'endsWith', 'matches'])
/** Functions that are chosen by what their argument can do, not by its type. */
const byTrait = new Set(['size', 'sort', '@sortByAssociatedKeys'])

/** What an expression says whose values fit no overload. */
export function noSuchOverloadMessage(name: string, types: readonly string[]): string {
  const [first = ''] = types
  if (byTrait.has(name) && !receivers.has(first)) return `no such overload: ${name}`
  if (terse.has(name) || byTrait.has(name)) return 'no such overload'
  const known = operatorTypes.get(name)
  if (known !== undefined && !known.has(first) && !receivers.has(first)) return `no such overload: ${name}`
  return /^[_!@-]/.test(name) ? 'no such overload' : `no such overload: ${name}(${types.join(', ')})`
}
