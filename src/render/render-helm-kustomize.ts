import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { realPath, resolveInside } from '../io/files.ts'
import { formatYamlStream } from '../manifest/index.ts'
import { renderSource } from './render-source.ts'
import type { RenderedSource, RenderOptions, RenderSource, RenderTools } from './source.ts'

/** Where the chart's manifests lie for the kustomization, which lists the file among its resources: the name that Helm's post-renderers use. */
const chartOutput = 'all.yaml'

/**
 * Renders a folder's chart, and its kustomization on top of it. The chart's manifests are written into the folder and removed again, so the
 * folder must be a copy of one's own, as Argo CD's plugins get it.
 */
export async function renderHelmKustomize(source: RenderSource, options: RenderOptions = {}, tools: RenderTools = {}): Promise<RenderedSource> {
  const { helm, kustomize, directory: _, ...shared } = options
  const chart = await renderSource({ ...source, type: 'Helm' }, { ...shared, ...(helm === undefined ? {} : { helm }) }, tools)
  if (chart.problems.some(({ severity }) => severity === 'error')) return chart
  const file = join(resolveInside(realPath(source.root), source.path), chartOutput)
  if (existsSync(file)) {
    const message = `${source.path} has a file ${chartOutput}, which is where the chart's manifests go for the kustomization`
    return { ...chart, resources: [], problems: [...chart.problems, { code: 'INVALID_SOURCE', severity: 'error', message }] }
  }
  try {
    writeFileSync(file, formatYamlStream(chart.resources.map(({ object }) => object)), { flag: 'wx', mode: 0o600 })
    // What this folder holds changes from Application to Application, so that none of it may be remembered.
    const { run: _run, ...programs } = tools
    const built = await renderSource({ ...source, type: 'Kustomize' }, { ...shared, ...(kustomize === undefined ? {} : { kustomize }) }, programs)
    const filesRead = [...new Set([...chart.filesRead, ...built.filesRead])].filter((name) => !name.endsWith(`/${chartOutput}`) && name !== chartOutput)
    return { ...built, problems: [...chart.problems, ...built.problems], filesRead: filesRead.sort() }
  } finally {
    rmSync(file, { force: true })
  }
}
