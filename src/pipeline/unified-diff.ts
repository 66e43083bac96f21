/** Unchanged lines that are printed around changed ones. */
const contextLines = 3

/** The difference of two texts, as `diff -u` prints it. */
export function unifiedDiff(file: string, before: string, after: string): string {
  const [left, right] = [before.split('\n'), after.split('\n')]
  const pairs = alignLines(left, right)
  const hunks = cutHunks(pairs)
  return [`--- a/${file}`, `+++ b/${file}`, ...hunks.flatMap(formatHunk)].map((line) => `${line}\n`).join('')
}

interface Line {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
  readonly left: number
  readonly right: number
}

/** Lines that both texts have, in order; looks ahead only a little, which is enough for a text and its patched form. */
function alignLines(left: readonly string[], right: readonly string[]): readonly Line[] {
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < left.length || j < right.length) {
    const [one, other] = [left[i], right[j]]
    if (one !== undefined && one === other) {
      lines.push({ sign: ' ', text: one, left: i++, right: j++ })
      continue
    }
    const [skipLeft, skipRight] = findResumption(left, right, i, j)
    while (skipLeft > i) lines.push({ sign: '-', text: left[i] ?? '', left: i++, right: j })
    while (skipRight > j) lines.push({ sign: '+', text: right[j] ?? '', left: i, right: j++ })
  }
  return lines
}

/** The nearest place at which both texts go on alike. */
function findResumption(left: readonly string[], right: readonly string[], i: number, j: number): readonly [number, number] {
  const furthest = left.length - i + right.length - j
  for (let distance = 1; distance <= Math.min(furthest, 400); distance++) {
    for (let down = 0; down <= distance; down++) {
      const [a, b] = [i + down, j + distance - down]
      if (a < left.length && b < right.length && left[a] === right[b] && (left[a + 1] === right[b + 1])) return [a, b]
    }
  }
  return [left.length, right.length]
}

function cutHunks(lines: readonly Line[]): readonly (readonly Line[])[] {
  const near = (index: number): boolean => {
    for (let at = Math.max(0, index - contextLines); at <= index + contextLines; at++) if (lines[at] !== undefined && lines[at]?.sign !== ' ') return true
    return false
  }
  const hunks: Line[][] = []
  lines.forEach((line, index) => {
    if (!near(index)) return
    if (index === 0 || !near(index - 1)) hunks.push([])
    hunks.at(-1)?.push(line)
  })
  return hunks
}

function formatHunk(hunk: readonly Line[]): readonly string[] {
  const [first] = hunk
  const count = (sign: '-' | '+'): number => hunk.filter((line) => line.sign === ' ' || line.sign === sign).length
  return [`@@ -${(first?.left ?? 0) + 1},${count('-')} +${(first?.right ?? 0) + 1},${count('+')} @@`, ...hunk.map(({ sign, text }) => sign + text)]
}
