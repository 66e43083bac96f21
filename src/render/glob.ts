// Argo CD: util/glob (github.com/gobwas/glob without separators). `*` and `**` cross slashes; {a,b}, [a-z], [!a] and \ work.

type Step =
  | { readonly type: 'any' }
  | { readonly type: 'one'; readonly matches: (character: string) => boolean }

const maxAlternatives = 1000

/** Compiles a pattern to a predicate; undefined for a pattern that is not well formed, which in Argo CD matches nothing. */
export function compileGlob(pattern: string): ((text: string) => boolean) | undefined {
  const alternatives = expandBraces([...pattern])
  const compiled = alternatives?.map(toSteps)
  if (compiled === undefined || compiled.includes(undefined)) return undefined
  const steps = compiled as Step[][]
  return (text) => steps.some((sequence) => matches(sequence, [...text]))
}

/** Positions are tracked as a set, so that no pattern takes more than length × length steps. */
function matches(steps: readonly Step[], text: readonly string[]): boolean {
  let positions = closure(steps, new Set([0]))
  for (const character of text) {
    const next = new Set<number>()
    for (const position of positions) {
      const step = steps[position]
      if (step?.type === 'any') next.add(position)
      else if (step?.matches(character) === true) next.add(position + 1)
    }
    if (next.size === 0) return false
    positions = closure(steps, next)
  }
  return positions.has(steps.length)
}

function closure(steps: readonly Step[], positions: Set<number>): Set<number> {
  for (const position of positions) if (steps[position]?.type === 'any') positions.add(position + 1)
  return positions
}

/** `a{b,c}d` → `abd`, `acd`; undefined where braces do not match. */
function expandBraces(pattern: readonly string[]): string[][] | undefined {
  const open = findUnescaped(pattern, '{', 0)
  if (open < 0) return findUnescaped(pattern, '}', 0) < 0 ? [[...pattern]] : undefined
  const ends = findAlternatives(pattern, open)
  if (ends === undefined) return undefined
  const result: string[][] = []
  for (let part = 0; part + 1 < ends.length; part++) {
    const middle = pattern.slice((ends[part] as number) + 1, ends[part + 1])
    const expanded = expandBraces([...pattern.slice(0, open), ...middle, ...pattern.slice((ends.at(-1) as number) + 1)])
    if (expanded === undefined || result.length + expanded.length > maxAlternatives) return undefined
    result.push(...expanded)
  }
  return result
}

/** The positions of a brace, of the commas that belong to it, and of its end. */
function findAlternatives(pattern: readonly string[], open: number): number[] | undefined {
  const ends = [open]
  let depth = 0
  for (let index = open; index < pattern.length; index++) {
    const character = pattern[index]
    if (character === '\\') index++
    else if (character === '{') depth++
    else if (character === '}' && --depth === 0) return [...ends, index]
    else if (character === ',' && depth === 1) ends.push(index)
  }
  return undefined
}

function findUnescaped(pattern: readonly string[], wanted: string, from: number): number {
  for (let index = from; index < pattern.length; index++) {
    if (pattern[index] === '\\') index++
    else if (pattern[index] === wanted) return index
  }
  return -1
}

function toSteps(pattern: readonly string[]): Step[] | undefined {
  const steps: Step[] = []
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] as string
    if (character === '*') {
      if (steps.at(-1)?.type !== 'any') steps.push({ type: 'any' })
    } else if (character === '?') steps.push({ type: 'one', matches: () => true })
    else if (character === '[') {
      const end = pattern.indexOf(']', index + 2)
      const matcher = end < 0 ? undefined : toClass(pattern.slice(index + 1, end))
      if (matcher === undefined) return undefined
      steps.push({ type: 'one', matches: matcher })
      index = end
    } else {
      const literal = character === '\\' ? pattern[++index] : character
      if (literal === undefined) return undefined
      steps.push({ type: 'one', matches: (other) => other === literal })
    }
  }
  return steps
}

/** `a-z` or `abc`, with `!` in front for what is not in it. */
function toClass(characters: readonly string[]): ((character: string) => boolean) | undefined {
  const negated = characters[0] === '!'
  const content = negated ? characters.slice(1) : characters
  if (content.length === 0) return undefined
  const [low, dash, high] = content
  const isRange = content.length === 3 && dash === '-'
  const contains = isRange ? (character: string) => character >= (low as string) && character <= (high as string) : (character: string) => content.includes(character)
  return (character) => contains(character) !== negated
}
