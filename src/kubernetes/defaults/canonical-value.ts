import { Buffer } from 'node:buffer'
import { formatQuantity, parseQuantity } from '../../values/quantity.ts'
import { trimSpace } from '../../values/trim-space.ts'
import type { DraftValue } from './draft.ts'

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/

/** The API server reads quantities, times and bytes into values of their own and prints those in one way. */
export function toCanonical(value: DraftValue, format: string | undefined): DraftValue {
  switch (format) {
    case 'quantity':
      return canonicalQuantity(value)
    case 'date-time':
      return typeof value === 'string' && rfc3339.test(value) ? canonicalTime(value) : value
    case 'byte':
      return typeof value === 'string' ? Buffer.from(value, 'base64').toString('base64') : value
    default:
      return value
  }
}

function canonicalQuantity(value: DraftValue): DraftValue {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'bigint') return value
  const quantity = parseQuantity(trimSpace(String(value)))
  return quantity === undefined ? value : formatQuantity(quantity)
}

/** Whole seconds in UTC. */
function canonicalTime(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? text : new Date(time).toISOString().replace('.000Z', 'Z')
}
