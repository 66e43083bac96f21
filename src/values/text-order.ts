/** Orders texts as Go does, by their UTF-8 bytes. JavaScript's own order differs where characters beyond U+FFFF occur. */
export function compareText(left: string, right: string): -1 | 0 | 1 {
  if (left === right) return 0
  const length = Math.min(left.length, right.length)
  for (let index = 0; index < length; index++) {
    const [a, b] = [left.charCodeAt(index), right.charCodeAt(index)]
    if (a !== b) return rank(a) < rank(b) ? -1 : 1
  }
  return left.length < right.length ? -1 : 1
}

/** Halves of a pair stand for characters above all others. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit
}

/** The keys of an object in Go's order. */
export function sortedKeys(object: object): string[] {
  return Object.keys(object).sort(compareText)
}
