import { join } from 'node:path'
import { kindOf, realPath, resolveInside } from '../io/files.ts'
import { formatYamlStream } from '../manifest/index.ts'
import { renderSource } from './render-source.ts'
import type { RenderedSource, RenderOptions, RenderSource, RenderTools } from './source.ts'

/** Where the chart's manifests lie for the kustomization, which lists the file among its resources: the name that Helm's post-renderers use. */
const chartOutput = 'all.yaml'

/** Renders a folder's chart, and its kustomization on top of it. Nothing is written into the folder. */
export async function renderHelmKustomize(source: RenderSource, options: RenderOptions = {}, tools: RenderTools = {}): Promise<RenderedSource> {
  const { helm, kustomize, directory: _, ...shared } = options
  const chart = await renderSource({ ...source, type: 'Helm' }, { ...shared, ...(helm === undefined ? {} : { helm }) }, tools)
  if (chart.problems.some(({ severity }) => severity === 'error')) return chart
  if (kindOf(join(resolveInside(realPath(source.root), source.path), chartOutput)) !== undefined) {
    const message = `${source.path} has a file ${chartOutput}, which is where the chart's manifests go for the kustomization`
    return { ...chart, resources: [], problems: [...chart.problems, { code: 'INVALID_SOURCE', severity: 'error', message }] }
  }
  const made = { name: chartOutput, text: formatYamlStream(chart.resources.map(({ object }) => object)), resources: chart.resources }
  const built = await renderSource({ ...source, type: 'Kustomize', made }, { ...shared, ...(kustomize === undefined ? {} : { kustomize }) }, tools)
  return { ...built, problems: [...chart.problems, ...built.problems], filesRead: [...new Set([...chart.filesRead, ...built.filesRead])].sort() }
}
