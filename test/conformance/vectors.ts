import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The lines of `vectors/<name>.jsonl`, parsed. Integers that a double cannot hold come as `bigint`. */
export function* readVectors<T>(corpus: string, name: string): Iterable<{ line: number; vector: T }> {
  const text = readFileSync(join(corpus, 'vectors', `${name}.jsonl`), 'utf8')
  let line = 0
  for (const row of text.split('\n')) {
    line++
    if (row !== '') yield { line, vector: parseLossless(row) as T }
  }
}

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g
const mark = '$integer:'

/** JSON.parse would round; long integers go through it as marked strings. */
function parseLossless(text: string): unknown {
  let isMarked = false
  const marked = text.replace(stringOrNumber, (token) => {
    if (token.length < 16 || !/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token))) return token
    isMarked = true
    return `"${mark}${token}"`
  })
  if (!isMarked) return JSON.parse(text)
  return JSON.parse(marked, (_key, value: unknown) => (typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value))
}
