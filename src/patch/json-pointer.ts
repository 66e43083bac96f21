import type { FieldPath } from '../model/source.ts'

/** Decodes one part of a pointer, as evanphx/json-patch does: `~1` is a slash, `~0` a tilde, anything else stays. */
export function decodePointerPart(part: string): string {
  return part.includes('~') ? part.replace(/~[01]/g, (escape) => escape === '~1' ? '/' : '~') : part
}

/** A path as a JSON pointer (RFC 6901). */
export function formatPointer(path: FieldPath): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

/** Reads an index as Go's `strconv.Atoi` does (signs and leading zeros are fine); undefined where it is none. */
export function parseIndex(part: string): number | undefined {
  if (!/^[+-]?[0-9]+$/.test(part)) return undefined
  const index = Number(part)
  return Math.abs(index) < 2 ** 63 ? index + 0 : undefined
}
