// Go: net.ParseIP, IP.IsLoopback, IP.IsPrivate

/** Tells what a text is as an IP address; undefined if it is none. Link-local addresses count as external, as in Kyverno. */
export function addressKind(text: string): 'loopback' | 'private' | 'external' | undefined {
  const bytes = text.includes(':') ? parseV6(text) : parseV4(text)
  if (bytes === undefined) return undefined
  const mapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff
  return mapped ? kindOfV4(bytes.slice(12)) : bytes.length === 4 ? kindOfV4(bytes) : kindOfV6(bytes)
}

function kindOfV4([a = 0, b = 0]: readonly number[]): 'loopback' | 'private' | 'external' {
  if (a === 127) return 'loopback'
  return a === 10 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) ? 'private' : 'external'
}

function kindOfV6(bytes: readonly number[]): 'loopback' | 'private' | 'external' {
  if (bytes.every((byte, index) => byte === (index === 15 ? 1 : 0))) return 'loopback'
  return ((bytes[0] ?? 0) & 0xfe) === 0xfc ? 'private' : 'external'
}

/** Four decimal numbers without leading zeros. */
function parseV4(text: string): number[] | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part))) return undefined
  const bytes = parts.map(Number)
  return bytes.every((byte) => byte < 256) ? bytes : undefined
}

function parseV6(text: string): number[] | undefined {
  const [head = '', tail, ...more] = text.split('::')
  if (more.length > 0) return undefined
  const [before, after] = [parseGroups(head, tail === undefined), tail === undefined ? [] : parseGroups(tail, true)]
  if (before === undefined || after === undefined) return undefined
  const missing = 16 - before.length - after.length
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined
  return [...before, ...Array<number>(missing).fill(0), ...after]
}

/** Groups of up to four hexadecimal digits; the last may be an IPv4 address. */
function parseGroups(text: string, last: boolean): number[] | undefined {
  if (text === '') return []
  const bytes: number[] = []
  const groups = text.split(':')
  for (const [index, group] of groups.entries()) {
    const v4 = last && index === groups.length - 1 && group.includes('.') ? parseV4(group) : undefined
    if (v4 === undefined && !/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined
    const value = Number.parseInt(group, 16)
    bytes.push(...(v4 ?? [value >> 8, value & 0xff]))
  }
  return bytes
}
