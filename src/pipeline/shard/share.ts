import { createHash } from 'node:crypto'
import type { Resource } from '../../model/resource.ts'

/** One of the parts that a run is divided into. */
export interface Share {
  /** Counts from 1. */
  readonly index: number
  readonly count: number
}

const whole: Share = { index: 1, count: 1 }

/** More parts than that are a slip of the finger. */
export const mostShares = 1000

/** Reads `I/N`; undefined where it is something else. */
export function parseShare(text: string): Share | undefined {
  const [, first, second] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []
  const share = { index: Number(first), count: Number(second) }
  return share.index <= share.count && share.count <= mostShares ? share : undefined
}

/** What tells a resource from others on every machine, wherever it stands in the order. */
export function nameOf({ id, application = '' }: Resource): string {
  return JSON.stringify([application, id.group, id.kind, id.namespace ?? '', id.name])
}

/**
 * Tells which resources a part evaluates. Decided by name alone: a file that moves, or a neighbour that comes or goes, changes nothing for the others, and
 * a resource and what it was in the base fall to the same part.
 */
export function ownerIn(share: Share = whole): (resource: Resource) => boolean {
  const { index, count } = share
  return count === 1 ? () => true : (resource) => partOf(nameOf(resource), count) === index
}

/**
 * Puts what every part needs into an order of its own for each: parts that run at the same time and share a cache then begin with different work, and find
 * the rest done.
 */
export function inOrderOf<Item>(share: Share = whole, items: readonly Item[], nameOfItem: (item: Item) => string): readonly Item[] {
  const { index, count } = share
  if (count === 1) return items
  const turns = items.map((item) => ({ item, turn: (partOf(nameOfItem(item), count) - index + count) % count }))
  return turns.sort((left, right) => left.turn - right.turn).map(({ item }) => item)
}

/** The same on every machine; from 1. */
function partOf(name: string, count: number): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % count + 1
}
