import { join } from 'node:path'
import { kindOf, walkFiles } from '../../io/files.ts'
import type { KindTable } from '../../kubernetes/kinds.ts'
import { parseManifests } from '../../manifest/index.ts'
import { KnownError, type Problem } from '../../model/errors.ts'
import { withObject, type Resource } from '../../model/resource.ts'
import { normalizeResource, type ReadText } from '../kyverno/read-resources.ts'

/** The resources of all paths: files, and the manifests in folders and below. Lists are taken apart; what cannot be read is a problem. */
export function readAllResources(paths: readonly string[], readText: ReadText, kinds: KindTable): { readonly resources: readonly Resource[]; readonly problems: readonly Problem[] } {
  const resources: Resource[] = []
  const problems: Problem[] = []
  for (const path of paths.flatMap(listFiles)) {
    try {
      const { text, name } = readText(path)
      const parsed = parseManifests(text, name)
      problems.push(...parsed.problems.filter(({ code }) => code !== 'RESOURCE_WITHOUT_NAME'))
      for (const resource of parsed.resources) resources.push(place(resource, kinds))
    } catch (error) {
      if (!(error instanceof KnownError)) throw error
      problems.push({ code: error.code, severity: 'error', message: error.message })
    }
  }
  return { resources, problems }
}

function listFiles(path: string): readonly string[] {
  if (kindOf(path) !== 'folder') return [path]
  return [...walkFiles(path, { skip: (name) => name.startsWith('.') })].filter(({ name }) => /\.(?:ya?ml|json)$/.test(name)).map((file) => join(path, file.path))
}

function place(resource: Resource, kinds: KindTable): Resource {
  const { id, object } = normalizeResource(resource.object, kinds)
  return withObject(resource, object, id)
}
