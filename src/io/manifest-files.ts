import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const manifest = /\.(?:ya?ml|json)$/

/**
 * The YAML and JSON files below a folder, in the order of their names. Files and folders that start with a dot are passed over, as Kyverno does,
 * and so are links: a folder of policies has no reason to lead out of itself.
 */
export function listManifestFiles(folder: string): readonly string[] {
  const files: string[] = []
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) files.push(...listManifestFiles(path))
    else if (entry.isFile() && manifest.test(entry.name)) files.push(path)
  }
  return files
}
