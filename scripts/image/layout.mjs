// `node scripts/image/layout.mjs FOLDER`: what goes into the image below /opt/presync: the executable, the plugin's files, licences and a bill of materials.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
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

// CycloneDX, of what runs: development packages are not in the image.
const { status, stdout } = spawnSync('npm', ['sbom', '--sbom-format=cyclonedx', '--omit=dev'], { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'inherit'] })
if (status !== 0) process.exit(status ?? 1)
writeFileSync(`${out}/sbom.cdx.json`, stdout)
