// The plugin as Argo CD starts it: one application of 20 resources, and thirty at once against the same thirty one after the other.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runOnce, run } from './measure.mjs'
import { resources } from './resources.mjs'

const atOnce = 30

/** `work` is a folder to write into, `policies` the platform's. */
export async function measurePlugin(work, presync, policies) {
  const cwd = join(work, 'plugin', 'apps', 'shop')
  mkdirSync(cwd, { recursive: true })
  writeFileSync(join(cwd, 'resources.yaml'), resources(20))
  const env = {
    PATH: process.env.PATH, HOME: work, PRESYNC_MODE: 'audit', PRESYNC_POLICY: policies, ARGOCD_APP_NAME: 'shop', ARGOCD_APP_NAMESPACE: 'shop',
    ARGOCD_APP_SOURCE_PATH: 'apps/shop', KUBE_VERSION: '1.33.0', ARGOCD_APP_PARAMETERS: 'null',
  }
  const generate = () => runOnce(process.execPath, [presync, 'cmp', 'generate'], { cwd, env, expect: [0] })
  const one = await run(process.execPath, [presync, 'cmp', 'generate'], { times: 15, expect: [0], cwd, env })
  const clock = async (work) => {
    const start = performance.now()
    await work()
    return { median: performance.now() - start }
  }
  const inTurn = await clock(async () => { for (let index = 0; index < atOnce; index++) await generate() })
  const together = await clock(() => Promise.all(Array.from({ length: atOnce }, generate)))
  return { one, inTurn, together }
}
