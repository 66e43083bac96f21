// `node scripts/image/layout.mjs FOLDER`: what goes into the image below /opt/presync: the executable, the plugin's files, licences and a bill of materials.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { resolve } from 'node:path'

const root = fileURLToPath(new URL('../..', import.meta.url))
const target = process.argv[2]
if (target === undefined) {
  console.error('usage: node scripts/image/layout.mjs FOLDER')
  process.exit(2)
}
const out = resolve(target)
rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
cpSync(`${root}dist`, `${out}/dist`, { recursive: true, filter: (path) => !/dist[/\\](?:lib|types)(?:[/\\]|$)/.test(path) })
for (const name of ['plugin', 'LICENSE', 'README.md', 'package.json']) cpSync(root + name, `${out}/${name}`, { recursive: true })

writeFileSync(`${out}/sbom.cdx.json`, `${JSON.stringify(billOfMaterials(), undefined, 2)}\n`)

/** CycloneDX, of what runs: development packages are not in the image. npm's own --omit=dev also leaves out what both kinds need. */
function billOfMaterials() {
  const { status, stdout } = spawnSync('npm', ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'inherit'] })
  if (status !== 0) process.exit(status ?? 1)
  const bom = JSON.parse(stdout)
  const lock = Object.entries(JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')).packages)
  const needed = new Set(lock.filter(([, { dev }]) => dev !== true).map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`))
  const components = bom.components.filter(({ purl }) => needed.has(decodeURIComponent(purl.replace(/^pkg:npm\//, '').replace(/\?.*$/, ''))))
  const kept = new Set([bom.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])])
  const dependencies = bom.dependencies.filter(({ ref }) => kept.has(ref)).map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((name) => kept.has(name)) }))
  return { ...bom, components, dependencies }
}
