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
  ['_<_', comparable], ['_<=_', comparable], ['_>_', comparable], ['_>=_', comparable],
])
/** Types with methods: cel-go asks them for the operator before it gives up. */
const receivers = new Set(['string', 'google.protobuf.Duration', 'google.protobuf.Timestamp'])
/** Methods of the language itself. */
const standardMethods = /^(?:contains|startsWith|endsWith|matches|get[A-Z][A-Za-z]+)$/

/** What an expression says whose values fit no overload. */
export function noSuchOverloadMessage(name: string, types: readonly string[]): string {
  if (name === 'size') return 'no such overload: size'
  if (standardMethods.test(name)) return 'no such overload'
  const [first = ''] = types
  const known = operatorTypes.get(name)
  if (known !== undefined && !known.has(first) && !receivers.has(first)) return `no such overload: ${name}`
  return /^[_!@-]/.test(name) ? 'no such overload' : `no such overload: ${name}(${types.join(', ')})`
}
