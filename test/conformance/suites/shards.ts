import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PartOptions } from '../../../src/pipeline/shard/run-identity.ts'
import { SourceTexts } from '../../../src/pipeline/source-texts.ts'
import { renderTools } from '../../support/render-tools.ts'
import { printMerged, printWhole } from '../../support/shard-runs.ts'
import type { CaseResult, Suite } from '../suite.ts'

/** Real applications checked in parts: everything that can be printed is what one run prints. */
export const shards: Suite = {
  name: 'shards',
  unavailable(corpus) {
    if (!existsSync(join(corpus, 'apps'))) return 'apps is not in the corpus'
    const missing = (['helm', 'kustomize', 'jsonnet'] as const).filter((name) => renderTools[name] === undefined)
    return missing.length > 0 ? `without ${missing.join(', ')}: run npm test first` : undefined
  },
  async * run(corpus) {
    const folder = mkdtempSync(join(tmpdir(), 'presync-shards-'))
    try {
      for (const name of readdirSync(join(corpus, 'apps')).sort()) yield* compare(name, corpus, folder)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function* compare(name: string, corpus: string, folder: string): AsyncIterable<CaseResult> {
  const of = (): PartOptions => ({
    cwd: join(corpus, 'apps', name), paths: ['.'], namespace: 'default', policies: ['builtin:pod-security-restricted', 'builtin:best-practices', join(corpus, 'kyverno-policies/best-practices')], exceptions: [], valuesFiles: [], settings: [],
    network: false, tools: { ...renderTools, cache: join(folder, 'cache') }, allowEmpty: false, offline: true, now: 0, texts: new SourceTexts(),
  })
  const whole = await printWhole(of())
  for (const count of [2, 7]) {
    const merged = await printMerged(of, count, folder)
    const different = Object.keys(whole).filter((format) => whole[format] !== merged[format])
    yield { id: `${name} in ${count}`, ok: different.length === 0, detail: different.join(', ') }
  }
}
