import { compareText } from './text-order.ts'

/** The distinct texts among these, in Go's order. */
export function sortedSet(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(compareText)
}
