import { join, resolve } from 'node:path'
import { kindOf, walkFiles } from '../io/files.ts'
import { parseManifests } from '../manifest/index.ts'
import { KnownError, type Problem } from '../model/errors.ts'
import type { Resource } from '../model/resource.ts'
import type { SourceTexts } from './source-texts.ts'

/** Objects that are known besides the checked ones, and what is wrong with their files. */
export interface LoadedObjects {
  readonly resources: readonly Resource[]
  readonly problems: readonly Problem[]
}

/** Reads the objects in files, and in the YAML and JSON files of folders. */
export function loadObjects(paths: readonly string[], { cwd, texts }: { readonly cwd: string; readonly texts: SourceTexts }): LoadedObjects {
  const resources: Resource[] = []
  const problems: Problem[] = []
  for (const path of paths) {
    try {
      for (const file of filesOf(resolve(cwd, path), path)) {
        const parsed = parseManifests(texts.read(resolve(cwd, file), file), file)
        for (const resource of parsed.resources) resources.push(resource)
        problems.push(...parsed.problems)
      }
    } catch (error) {
      if (!(error instanceof KnownError)) throw error
      problems.push({ code: error.code, severity: 'error', message: error.message })
    }
  }
  return { resources, problems }
}

function filesOf(full: string, shown: string): readonly string[] {
  if (kindOf(full) !== 'folder') return [shown]
  return [...walkFiles(full)].filter(({ name, isLink }) => !isLink && /\.(?:ya?ml|json)$/.test(name)).map(({ path }) => join(shown, path))
}
