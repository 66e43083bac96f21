// cel-go: ext/formatting.go (stringFormatValidator)
import { EvaluationError } from '../../../../model/errors.ts'
import type { CallCheck } from '../../library.ts'
import type { CelNode } from '../../syntax/ast.ts'
import type { CelType, CelTypeKind } from '../../types/type.ts'
import { clauseErrors, readFormat, type FormatClause } from './format-clauses.ts'

const kinds: Readonly<Record<FormatClause['letter'], ReadonlySet<CelTypeKind>>> = {
  s: new Set(['list', 'map', 'int', 'uint', 'double', 'bool', 'string', 'timestamp', 'bytes', 'duration', 'type', 'null']),
  d: new Set(['int', 'uint']),
  f: new Set(['double', 'string']),
  e: new Set(['double', 'string']),
  b: new Set(['int', 'uint', 'bool']),
  x: new Set(['int', 'uint', 'string', 'bytes']),
  X: new Set(['int', 'uint', 'string', 'bytes']),
  o: new Set(['int', 'uint']),
}
/** Since version 4 numbers of all types can be written with each of these. */
const laterKinds: typeof kinds = {
  ...kinds, d: new Set(['int', 'uint', 'double']), f: new Set(['int', 'uint', 'double']), e: new Set(['int', 'uint', 'double']),
}

/** The node below `node` whose type a clause cannot write; of lists and maps written as such, each part counts. */
function findMisfit(node: CelNode, letter: FormatClause['letter'], typeOf: (node: CelNode) => CelType, allowed: typeof kinds): CelNode | undefined {
  const { kind } = typeOf(node)
  if (kind !== 'dyn' && !allowed[letter].has(kind)) return node
  if (letter !== 's' || (node.kind !== 'list' && node.kind !== 'map')) return undefined
  const parts = node.kind === 'list' ? node.elements.map(({ value }) => value) : node.entries.flatMap(({ key, value }) => [key, value])
  for (const part of parts) {
    const misfit = findMisfit(part, letter, typeOf, allowed)
    if (misfit !== undefined) return misfit
  }
  return undefined
}

/** Checks `'…'.format([…])` where both are written out. */
export function formatCheck(isLiteral: boolean): CallCheck {
  const allowed = isLiteral ? kinds : laterKinds
  return {
    function: 'format',
    check: ({ target, args: [list], position }, typeOf) => {
      if (target?.kind !== 'literal' || typeof target.value !== 'string' || list?.kind !== 'list') return undefined
      let misfit: { message: string; position: number } | undefined
      try {
        const used = readFormat(target.value, list.elements.length, (part, index) => {
          const argument = list.elements[index]?.value
          if (typeof part === 'string' || argument === undefined || misfit !== undefined) return
          const node = findMisfit(argument, part.letter, typeOf, allowed)
          if (node !== undefined) misfit = { message: `error during formatting: ${clauseErrors[part.letter]}${typeOf(node).name}`, position: node.position }
        })
        if (misfit !== undefined) return misfit
        if (used >= list.elements.length) return undefined
        return { message: `too many arguments supplied to string.format (expected ${used}, got ${list.elements.length})`, position }
      } catch (error) {
        if (error instanceof EvaluationError) return misfit ?? { message: error.message, position }
        throw error
      }
    },
  }
}
