// Runs the unit and case tests. `--golden` rewrites the expected files; an ordinary run never creates any.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { provideTestTools } from './test-tools.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
const golden = args.includes('--golden')

const env = { ...process.env, NODE_EXTRA_CA_CERTS: '', ...provideTestTools() }
const steps = [
  [process.execPath, ['scripts/build.mjs']],
  [process.execPath, ['node_modules/vitest/vitest.mjs', 'run', golden ? '--update' : '--update=none', ...args.filter((arg) => arg !== '--golden')]],
]
for (const [command, commandArgs] of steps) {
  const { status } = spawnSync(command, commandArgs, { cwd: root, stdio: 'inherit', env })
  if (status !== 0) process.exit(status ?? 1)
}
