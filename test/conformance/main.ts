import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CaseResult, Suite } from './suite.ts'
import { suites } from './suites/index.ts'

const here = import.meta.dirname
const corpus = process.env['CORPUS_DIR'] ?? ''
const [wanted, flags] = [process.argv.slice(2).filter((a) => !a.startsWith('-')), process.argv.slice(2).filter((a) => a.startsWith('-'))]
const shown = Number(flags.find((f) => f.startsWith('--show='))?.slice(7) ?? 5)

/** known-failures/<suite>.txt: `id<TAB>reason`, `#` comments. */
function readKnownFailures(suite: string): Map<string, string> {
  const file = join(here, 'known-failures', `${suite}.txt`)
  if (!existsSync(file)) return new Map()
  const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => {
    const [id = '', reason = ''] = line.split('\t')
    if (reason === '') throw new Error(`${file}: "${id}" has no reason`)
    return [id, reason]
  }))
}

interface Score { passed: number; failed: number; known: number; problems: string[] }

async function score(suite: Suite): Promise<Score> {
  const known = readKnownFailures(suite.name)
  const unseen = new Set(known.keys())
  const result: Score = { passed: 0, failed: 0, known: 0, problems: [] }
  const complain = (text: string) => {
    result.failed++
    if (result.problems.length < shown) result.problems.push(text)
  }
  for await (const { id, ok, detail } of suite.run(corpus) as AsyncIterable<CaseResult>) {
    const listed = known.has(id)
    unseen.delete(id)
    if (ok && !listed) result.passed++
    else if (!ok && listed) result.known++
    else if (ok) complain(`${id}: is listed as a known failure and passes; remove the line`)
    else complain(`${id}: ${detail ?? 'differs'}`)
  }
  for (const id of unseen) complain(`${id}: is listed as a known failure, but there is no such case`)
  return result
}

let passed = 0
let failed = 0
for (const suite of suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const reason = corpus === '' || !existsSync(corpus) ? 'CORPUS_DIR is not set or does not exist' : suite.unavailable?.(corpus)
  if (reason !== undefined) {
    console.log(`${suite.name.padEnd(32)} not run (${reason})`)
    continue
  }
  const start = performance.now()
  const { problems, ...counts } = await score(suite)
  const total = counts.passed + counts.failed + counts.known
  const percent = total === 0 ? '–' : `${((100 * counts.passed) / total).toFixed(2)} %`
  const knownText = counts.known > 0 ? `, ${counts.known} listed with a reason` : ''
  console.log(`${suite.name.padEnd(32)} ${String(counts.passed).padStart(6)} of ${String(total).padStart(6)}  ${percent.padStart(9)}`
    + `${counts.failed > 0 ? `, ${counts.failed} unexpected` : ''}${knownText}  (${((performance.now() - start) / 1000).toFixed(1)} s)`)
  for (const problem of problems) console.log(`  ${problem}`)
  if (total === 0) failed++
  passed += counts.passed + counts.known
  failed += counts.failed
}
console.log(`conformance: ${passed} as expected, ${failed} not`)
process.exit(failed > 0 ? 1 : 0)
