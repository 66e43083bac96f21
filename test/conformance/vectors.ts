import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The lines of `vectors/<name>.jsonl`, parsed. */
export function* readVectors<T>(corpus: string, name: string): Iterable<{ line: number; vector: T }> {
  const text = readFileSync(join(corpus, 'vectors', `${name}.jsonl`), 'utf8')
  let line = 0
  for (const row of text.split('\n')) {
    line++
    if (row !== '') yield { line, vector: JSON.parse(row) as T }
  }
}
