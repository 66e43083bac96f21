import { resolve } from 'node:path'
import { parseManifests } from '../manifest/index.ts'
import { KnownError, type Problem } from '../model/errors.ts'
import { isJsonObject, type JsonObject } from '../model/json.ts'
import { mergeInputs, noSuppliedInputs, parseValues, type SuppliedInputs } from './values-file.ts'
import type { SourceTexts } from './source-texts.ts'

/** Reads values files, later ones on top, and `--set name=value` on top of all. */
export function loadInputs(
  files: readonly string[], settings: readonly string[], { cwd, texts }: { readonly cwd: string; readonly texts: SourceTexts },
): { readonly inputs: SuppliedInputs; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  let inputs = noSuppliedInputs
  for (const file of files) {
    try {
      const parsed = parseManifests(texts.read(resolve(cwd, file), file), file)
      problems.push(...parsed.problems.filter(({ code }) => code !== 'RESOURCE_WITHOUT_NAME'))
      for (const { value, source, locate } of parsed.documents) {
        if (!isJsonObject(value)) continue
        const read = parseValues({ object: value, source, locate })
        inputs = mergeInputs(inputs, read.inputs)
        problems.push(...read.problems)
      }
    } catch (error) {
      if (!(error instanceof KnownError)) throw error
      problems.push({ code: error.code, severity: 'error', message: error.message })
    }
  }
  const { values, problems: refused } = parseSettings(settings)
  return { inputs: mergeInputs(inputs, { ...noSuppliedInputs, settings: values }), problems: [...problems, ...refused] }
}

/** `--set name=value`: texts, as in Kyverno. */
function parseSettings(settings: readonly string[]): { readonly values: JsonObject; readonly problems: readonly Problem[] } {
  const values: Record<string, string> = Object.create(null) as Record<string, string>
  const problems: Problem[] = []
  for (const setting of settings) {
    const equals = setting.indexOf('=')
    if (equals > 0) values[setting.slice(0, equals)] = setting.slice(equals + 1)
    else problems.push({ code: 'INVALID_VALUES', severity: 'error', message: `--set ${setting} is not of the form name=value` })
  }
  return { values, problems }
}
