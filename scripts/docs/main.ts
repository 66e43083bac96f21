import { readFileSync, writeFileSync } from 'node:fs'
import { generatedFiles } from './generated-files.ts'

const check = process.argv.includes('--check')
let stale = 0
for (const { path, content } of generatedFiles(readText)) {
  if (readText(path) === content) continue
  stale += 1
  console.log(`${check ? 'out of date' : 'written'}: ${path}`)
  if (!check) writeFileSync(path, content)
}
if (check && stale > 0) process.exitCode = 1

/** The scripts run in the repository's root. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
