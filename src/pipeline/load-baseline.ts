import { resolve } from 'node:path'
import * as z from 'zod'
import { parseManifests } from '../manifest/index.ts'
import { KnownError, type Problem } from '../model/errors.ts'
import { isDay, type Baseline } from '../report/index.ts'
import type { SourceTexts } from './source-texts.ts'
import { invalidConfiguration, validateDocument } from './validate-document.ts'

const baselineSchema = z.strictObject({
  apiVersion: z.literal('presync.dev/v1'),
  kind: z.literal('Baseline'),
  entries: z.array(z.strictObject({
    fingerprint: z.string().regex(/^[0-9a-f]{32}$/, 'must be 32 hexadecimal digits'),
    rule: z.string(), resource: z.string(), path: z.string().optional(),
    count: z.int().min(1).optional(), reason: z.string().min(1).optional(),
    until: z.string().refine(isDay, 'must be a day, YYYY-MM-DD').optional(),
  })),
})

/** Reads a baseline file; each entry knows its line. What is wrong with it is said, and nothing of it counts. */
export function loadBaseline(file: string, { cwd, texts }: { readonly cwd: string; readonly texts: SourceTexts }): { readonly baseline?: Baseline; readonly problems: readonly Problem[] } {
  try {
    const parsed = parseManifests(texts.read(resolve(cwd, file), file), file)
    const wrong = parsed.problems.filter(({ code, severity }) => severity === 'error' && code !== 'RESOURCE_WITHOUT_NAME')
    const document = parsed.documents[0]
    if (wrong.length > 0) return { problems: wrong }
    if (document === undefined) return { problems: [invalidConfiguration(`${file} is empty`, { file, line: 1, column: 1 })] }
    const checked = validateDocument(document, baselineSchema)
    if ('problems' in checked) return checked
    return { baseline: { file, entries: checked.value.entries.map((entry, index) => ({ ...entry, location: document.locate(['entries', index]) })) }, problems: [] }
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    return { problems: [{ code: error.code, severity: 'error', message: error.message }] }
  }
}
