// Bundles one TypeScript entry into .cache/ and runs it in a process of its own: Node 20 cannot run TypeScript by itself.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Runs `entry` (relative to the repository) with `args`; resolves to its exit status. */
export async function runTypeScript(entry, args = [], nodeOptions = []) {
  const outfile = `${root}.cache/run/${entry.replace(/\W+/g, '-')}.mjs`
  await build({
    entryPoints: [`${root}${entry}`], outfile, bundle: true, platform: 'node', format: 'esm', target: 'node20', packages: 'external',
    sourcemap: 'inline', logLevel: 'warning', define: { 'import.meta.dirname': JSON.stringify(root + entry.slice(0, entry.lastIndexOf('/'))) },
  })
  return spawnSync(process.execPath, ['--enable-source-maps', ...nodeOptions, outfile, ...args], { cwd: root, stdio: 'inherit' }).status ?? 1
}
