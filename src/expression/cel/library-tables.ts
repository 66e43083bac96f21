import { groupBy } from '../../values/group-by.ts'
import type { CallCheck, CelLibrary, CelMessageType, CelOverload } from './library.ts'
import { macroKey, type CelMacro } from './syntax/macro.ts'
import type { CelType } from './types/type.ts'

/** The rows of several libraries, by what they are looked up by. */
export interface LibraryTables {
  readonly functions: ReadonlyMap<string, readonly CelOverload[]>
  readonly macros: ReadonlyMap<string, CelMacro>
  readonly typeNames: ReadonlyMap<string, CelType>
  readonly callChecks: readonly CallCheck[]
  findMessageType(name: string): CelMessageType | undefined
}

/** Merges libraries; of two with one name the first counts, as cel-go's libraries are singletons. */
export function buildTables(libraries: readonly CelLibrary[]): LibraryTables {
  const byName = new Map<string, CelLibrary>()
  for (const library of libraries) if (!byName.has(library.name)) byName.set(library.name, library)
  const unique = [...byName.values()]
  const finders = unique.flatMap(({ findMessageType }) => findMessageType ?? [])
  return {
    functions: groupBy(unique.flatMap(({ functions }) => functions), ({ name }) => name),
    macros: new Map(unique.flatMap(({ macros = [] }) => macros.map((macro) => [macroKey(macro.name, macro.isReceiver, macro.argumentCount), macro] as const))),
    typeNames: new Map(unique.flatMap(({ typeNames = [] }) => typeNames.map((type) => [type.name, type] as const))),
    callChecks: unique.flatMap(({ callChecks = [] }) => callChecks),
    findMessageType: (name) => {
      for (const find of finders) {
        const found = find(name)
        if (found !== undefined) return found
      }
      return undefined
    },
  }
}
