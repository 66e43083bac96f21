// Bundles the executable and the library into dist/. Fast enough (about a second) to run before every test.
//
// dist/presync.cjs   the executable: a launcher (scripts/build/launcher.cjs) for dist/chunks/main.cjs. CommonJS, because Node starts it faster
//                    than ESM. What a command needs is in chunks of its own, read when that command runs; see scripts/build/lazy-modules.mjs.
// dist/schemas.txt   the schemas of Kubernetes, unpacked.
// dist/lib/index.js  the library (ESM; its dependencies are the package's), dist/types its declarations.
import { build, transform } from 'esbuild'
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { lazyModules } from './build/lazy-modules.mjs'
import { linkDirectly, pack, planPacks, refuseLateBindings, usePack } from './build/pack.mjs'
import { schemaFile } from './build/schema-file.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const common = { bundle: true, platform: 'node', target: 'node20', logLevel: 'warning', absWorkingDir: root }

/** Each costs a noticeable part of the start, and a check of plain manifests needs none of them. */
const rarelyUsed = [
  're2js', 'js-yaml', 'picomatch', 'diff', 'node:child_process', 'node:crypto', 'node:fs/promises', 'node:zlib',
  'src/argocd/application-set/expand-application-set.ts', 'src/report/formats/html.ts', 'src/values/x509/certificate.ts', 'src/values/x509/certificate-request.ts',
]

/** esbuild splits only ESM, so it splits first, and each file then becomes CommonJS with `import()` as a `require` that happens when it is reached. */
async function buildExecutable() {
  const [lazy, schemas] = await Promise.all([lazyModules(root, rarelyUsed), schemaFile(root, 'schemas.txt')])
  const { outputFiles, metafile } = await build({
    ...common, entryPoints: { 'chunks/main': 'src/cli/bin.ts', ...lazy.entryPoints }, outdir: `${root}dist`, format: 'esm', splitting: true, minify: true,
    chunkNames: 'chunks/[name]-[hash]', outExtension: { '.js': '.cjs' }, legalComments: 'none', write: false, metafile: true, plugins: [schemas.plugin, lazy.plugin],
  })
  refuseLateBindings(metafile)
  const packs = Object.entries(planPacks('dist/chunks/main.cjs', 'src/cli/actions/check.ts', metafile.outputs))
    .map(([name, outputs]) => ({ file: `${root}dist/chunks/${name}.cjs`, outputs, names: new Set([...outputs].map((path) => basename(path))), parts: [] }))
  for (const file of outputFiles) {
    const { code } = await transform(linkDirectly(lazy.pathsIn(file.text, file.path, `${root}dist`)), {
      format: 'cjs', platform: 'node', target: 'node20', minify: true, supported: { 'dynamic-import': false }, logLevel: 'error',
    })
    const own = packs.find(({ outputs }) => outputs.has(relative(root, file.path)))
    const linked = packs.reduce((text, other) => (other === own ? text : usePack(text, file.path, other.file, other.names)), code)
    if (own === undefined) write(file.path, linked)
    else own.parts.push({ name: basename(file.path), code: linked })
  }
  for (const { file, parts, names } of packs) write(file, pack(parts, names.has('main.cjs') ? 'main.cjs' : undefined))
  write(`${root}dist/schemas.txt`, schemas.text)
  copyFileSync(`${root}scripts/build/launcher.cjs`, `${root}dist/presync.cjs`)
  keepCompiledCode()
  chmodSync(`${root}dist/presync.cjs`, 0o755)
  writeLicences(metafile)
}

/** A single letter beyond Latin-1 would make all of a file twice as large in memory, and slow to read; esbuild leaves those of regular expressions. */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text.replace(/[^\0-\x7f]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`))
}

/** A run that goes through the main job, so that the functions of the main job are compiled. */
function keepCompiledCode() {
  const run = ['check', 'examples/gitops/storefront', '-p', 'examples/policies', '-p', 'builtin:pod-security-baseline']
  spawnSync(process.execPath, [`${root}scripts/build/keep-compiled-code.cjs`, `${root}dist`, ...run], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

/** The licences of what is bundled travel with it. */
function writeLicences(metafile) {
  const packages = new Set(Object.keys(metafile.inputs).map((input) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]).filter(Boolean))
  const texts = [...packages].sort().map((name) => {
    const folder = `${root}node_modules/${name}`
    const { version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
    return `${name} ${version} (${license})\n\n${licenceText(folder)}`
  })
  writeFileSync(`${root}dist/LICENSES.txt`, `presync bundles these packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`)
}

function licenceText(folder) {
  for (const name of ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license', 'LICENCE', 'LICENSE-MIT']) {
    try {
      return readFileSync(join(folder, name), 'utf8')
    } catch {
      continue
    }
  }
  return ''
}

async function buildLibrary() {
  await build({ ...common, entryPoints: ['src/index.ts'], outdir: `${root}dist/lib`, format: 'esm', splitting: true, packages: 'external', sourcemap: true })
  if (process.argv.includes('--no-types')) return
  const { status } = spawnSync(process.execPath, ['node_modules/typescript-native/bin/tsc', '-p', 'tsconfig.library.json'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

rmSync(`${root}dist`, { recursive: true, force: true })
await buildExecutable()
await buildLibrary()
