// `npm run docs`: rewrites what is generated from the code's own tables; `--check` only says whether it would.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { runTypeScript } from './run-typescript.mjs'

// The README shows a run of the executable.
const { status } = spawnSync(process.execPath, [fileURLToPath(new URL('build.mjs', import.meta.url)), '--no-types'], { stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 1)
process.exit(await runTypeScript('scripts/docs/main.ts', process.argv.slice(2)))
