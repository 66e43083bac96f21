// Bundles the executable and the library into dist/. Fast enough (under a second) to run before every test.
import { build } from 'esbuild'
import { chmodSync, existsSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

rmSync(`${root}dist`, { recursive: true, force: true })
const entries = { presync: 'src/cli/main.ts' }
for (const [name, entry] of Object.entries(entries)) {
  if (!existsSync(root + entry)) continue
  await build({
    entryPoints: [root + entry], outfile: `${root}dist/${name}.cjs`, bundle: true, platform: 'node', format: 'cjs', target: 'node20', minify: true,
    legalComments: 'linked', logLevel: 'warning',
  })
  chmodSync(`${root}dist/${name}.cjs`, 0o755)
}
