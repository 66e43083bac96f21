import { relative, resolve, sep } from 'node:path'
import { listManifestFiles } from '../io/manifest-files.ts'
import { pathKind } from '../io/text-file.ts'
import { parseManifests } from '../manifest/index.ts'
import type { Problem } from '../model/errors.ts'
import type { ReportSource } from '../model/report.ts'
import type { Resource } from '../model/resource.ts'
import { placeResources } from './place-resources.ts'
import type { SourceTexts } from './source-texts.ts'

/** What to render. */
export interface RenderPathsOptions {
  readonly cwd: string
  readonly paths: readonly string[]
  /** Where resources go that name no namespace. */
  readonly namespace: string
  readonly texts: SourceTexts
  readonly onProgress?: (text: string) => void
}

/** What Argo CD would apply. */
export interface Rendered {
  readonly sources: readonly ReportSource[]
  readonly resources: readonly Resource[]
  readonly problems: readonly Problem[]
}

export async function renderPaths({ cwd, paths, namespace, texts }: RenderPathsOptions): Promise<Rendered> {
  const problems: Problem[] = []
  const resources: Resource[] = []
  const sources: ReportSource[] = []
  for (const name of paths) {
    const path = resolve(cwd, name)
    const kind = pathKind(path)
    if (kind === 'nothing') { problems.push({ code: 'NOT_FOUND', severity: 'error', message: `there is no ${name}` }); continue }
    const before = resources.length
    for (const file of kind === 'file' ? [path] : listManifestFiles(path)) {
      const called = relative(cwd, file).split(sep).join('/')
      const parsed = parseManifests(texts.read(file, called), called)
      for (const r of parsed.resources) resources.push(r)
      problems.push(...parsed.problems)
    }
    sources.push({ path: name, type: 'plain', resourceCount: resources.length - before })
  }
  return { sources, problems, resources: placeResources(resources, namespace) }
}
