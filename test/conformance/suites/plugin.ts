import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generate } from '../../../src/cmp/generate.ts'
import { parseManifests } from '../../../src/manifest/index.ts'
import { renderTools } from '../../support/render-tools.ts'
import type { Suite } from '../suite.ts'
import { compareRendering, foldersOf, rendered, type Rendering } from './rendered.ts'

/** The same applications through the plugin, which refuses nothing here: what Argo CD reads from stdout are the objects that the real programs make. */
export const plugin: Suite = {
  name: 'plugin',
  ...(rendered.unavailable === undefined ? {} : { unavailable: rendered.unavailable }),
  async * run(corpus) {
    const root = join(corpus, 'apps')
    const folders = Object.values(renderTools).flatMap((tool) => (tool === undefined ? [] : [dirname(tool)]))
    process.env['PATH'] = [...folders, process.env['PATH'] ?? ''].join(':')
    for (const path of foldersOf(root)) {
      const file = join(corpus, 'rendered', `${path.replaceAll('/', '-')}.yaml`)
      if (existsSync(file)) yield await compareRendering(path, readFileSync(file, 'utf8'), () => generateWith(root, path))
    }
  },
}

async function generateWith(root: string, path: string): Promise<Rendering> {
  const env = { PRESYNC_MODE: 'audit', ARGOCD_APP_NAME: 'app', ARGOCD_APP_NAMESPACE: 'default', ARGOCD_APP_SOURCE_PATH: path, KUBE_VERSION: '1.33.0' }
  const { exitCode, stdout, stderr } = await generate({ env, cwd: join(root, path), now: () => 0 })
  const objects = parseManifests(stdout, 'stdout').documents.map(({ value }) => value)
  return exitCode === 0 ? { objects } : { objects, error: stderr }
}
