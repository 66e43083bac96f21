/** Longer than any name that people type; the cost grows with the square. */
const longest = 64

/** The known name that a misspelt one most likely means: letter case aside, at most a third of its letters (one of a short one) differ. */
export function closestName(name: string, known: readonly string[]): string | undefined {
  if (name.length > longest) return undefined
  const wanted = name.toLowerCase()
  let best: string | undefined
  let least = (name.length < 3 ? name.length - 1 : Math.floor(name.length / 3)) + 1
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate.toLowerCase(), least)
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best
}

/** Letters to insert, remove, replace or swap with their neighbour; `limit` when it is that many or more. */
function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) >= limit) return limit
  // One cell for each pair of beginnings; row and column 0 stand for the empty beginning.
  const width = right.length + 1
  const cells = new Uint16Array((left.length + 1) * width)
  const at = (i: number, j: number): number => cells[i * width + j] as number
  for (let i = 0; i <= left.length; i++) {
    for (let j = 0; j <= right.length; j++) {
      if (i === 0 || j === 0) {
        cells[i * width + j] = i + j
        continue
      }
      const replaced = at(i - 1, j - 1) + (left[i - 1] === right[j - 1] ? 0 : 1)
      const swapped = isSwap(left, right, i, j) ? at(i - 2, j - 2) + 1 : replaced
      cells[i * width + j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, replaced, swapped)
    }
  }
  return Math.min(at(left.length, right.length), limit)
}

function isSwap(left: string, right: string, i: number, j: number): boolean {
  return i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]
}
