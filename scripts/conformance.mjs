// `CORPUS_DIR=… npm run conformance [-- suite …]`: scores presync against recorded answers of the real programs.
import { runTypeScript } from './run-typescript.mjs'
import { findTestTools } from './test-tools.mjs'

Object.assign(process.env, findTestTools())
process.exit(await runTypeScript('test/conformance/main.ts', process.argv.slice(2), ['--max-old-space-size=6000']))
