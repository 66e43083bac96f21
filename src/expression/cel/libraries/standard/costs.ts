// cel-go: interpreter/runtimecost.go, common/cost.go
import type { CallCost } from '../../library.ts'
import { isMap, mapEntries, mapSize } from '../../values/map.ts'
import { CelBytes, CelOptional, isList, type CelValue } from '../../values/value.ts'

/** What looking at one character costs. */
export const characterCost = 0.1
/** The same for a character of a regular expression. */
export const patternCharacterCost = 0.25

/** The size that costs are computed from: characters, elements, entries; 1 for everything else. */
export function sizeOf(value: CelValue | undefined): number {
  if (typeof value === 'string') return value.length
  if (value === undefined || typeof value !== 'object' || value === null) return 1
  if (isList(value)) return value.length
  if (value instanceof CelBytes) return value.bytes.length
  if (value instanceof CelOptional) return sizeOf(value.value ?? 1n)
  return isMap(value) ? mapSize(value) : 1
}

/** The cost of going through the arguments with these indexes once. */
export function traversalCost(...indexes: readonly number[]): CallCost {
  return (args) => {
    let size = 0
    for (const index of indexes) size += sizeOf(args[index])
    return Math.ceil(size * characterCost)
  }
}

/** What going through everything inside a value costs, as Kubernetes counts it for functions on lists (apiserver pkg/cel/library/cost.go). */
export function deepTraversalCost(value: CelValue | undefined): number {
  if (typeof value === 'string') return Math.floor(value.length * characterCost)
  if (value instanceof CelBytes) return Math.floor(value.bytes.length * characterCost)
  if (value === undefined || typeof value !== 'object' || value === null) return 1
  if (isList(value)) return value.reduce((sum: number, item) => sum + deepTraversalCost(item), 0)
  if (!isMap(value)) return 1
  let sum = 0
  for (const [key, content] of mapEntries(value)) sum += deepTraversalCost(key) + deepTraversalCost(content)
  return sum
}

/** The cost of comparing two values: the smaller one is gone through. */
export const comparisonCost: CallCost = ([a, b]) => Math.ceil(Math.min(sizeOf(a), sizeOf(b)) * characterCost)

/** The cost of looking for one text in another. */
export const searchCost: CallCost = ([text, searched]) => Math.ceil(sizeOf(text) * characterCost) * Math.ceil(sizeOf(searched) * characterCost)

/** The cost of a regular expression; an empty text is not for nothing. */
export const patternCost: CallCost = ([text, pattern]) => Math.ceil((1 + sizeOf(text)) * characterCost) * Math.ceil(sizeOf(pattern) * patternCharacterCost)
