// Counterpart: gojq execute.go (pathIntact): what Go's slices point to
import type { JqValue } from './syntax.ts'

/** Parts without items of lists that have some: gojq tells them from each other, and from lists that were empty all along. */
const emptyParts = new WeakSet<object>()

/** The part of a list that has no items. */
export function emptyPart(list: readonly JqValue[]): readonly JqValue[] {
  if (list.length === 0) return list
  const part: readonly JqValue[] = []
  emptyParts.add(part)
  return part
}

/** Whether a list was empty all along: one such list is as good as another. */
export function isBornEmpty(list: readonly JqValue[]): boolean {
  return list.length === 0 && !emptyParts.has(list)
}
