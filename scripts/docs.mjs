// `npm run docs`: rewrites what is generated from the code's own tables; `--check` only says whether it would.
import { runTypeScript } from './run-typescript.mjs'

process.exit(await runTypeScript('scripts/docs/main.ts', process.argv.slice(2)))
