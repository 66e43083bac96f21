import type { CelMessageType, CelOverload } from '../library.ts'
import type { CelType } from '../types/type.ts'

/** What an expression may mention: everything the checker has to know about an environment. */
export interface Declarations {
  /** The namespace in which names are tried first; empty for none. */
  readonly container: string
  findVariable(name: string): CelType | undefined
  findFunction(name: string): readonly CelOverload[] | undefined
  /** The type that a name stands for: `int`, `google.protobuf.Timestamp`, a message type. */
  findTypeName(name: string): CelType | undefined
  findMessageType(name: string): CelMessageType | undefined
}

/** The names that a name may mean inside a container, the innermost first; a leading dot means the root. */
export function candidateNames(container: string, name: string): string[] {
  if (name.startsWith('.')) return [name.slice(1)]
  const names: string[] = []
  for (let scope = container; scope !== ''; scope = scope.includes('.') ? scope.slice(0, scope.lastIndexOf('.')) : '') names.push(`${scope}.${name}`)
  names.push(name)
  return names
}
