// Reads when API versions were deprecated and removed, and what replaces them, from the generated code of k8s.io/api.
import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'

/** `{ group, version, kind, deprecated, removed, replacement }`; minors of Kubernetes 1, `replacement` as `group/version/kind`. */
export function readLifecycle(folder) {
  const entries = []
  for (const directory of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    for (const version of readdirSync(join(folder, directory.name))) {
      const file = join(folder, directory.name, version, 'zz_generated.prerelease-lifecycle.go')
      if (existsSync(file)) entries.push(...readFile(readFileSync(file, 'utf8'), groupOf(join(folder, directory.name, version)), version))
    }
  }
  return entries.filter(({ kind, removed }) => !kind.endsWith('List') && removed !== undefined)
}

function groupOf(folder) {
  return /const GroupName = "([^"]*)"/.exec(readFileSync(join(folder, 'register.go'), 'utf8'))[1]
}

function readFile(source, group, version) {
  const entries = new Map()
  const at = (kind) => entries.get(kind) ?? entries.set(kind, { group, version, kind }).get(kind)
  for (const [, kind, what, minor] of source.matchAll(/func \(in \*(\w+)\) APILifecycle(Deprecated|Removed)\(\)[^{]*\{\n\treturn 1, (\d+)/g)) {
    at(kind)[what.toLowerCase()] = Number(minor)
  }
  const replacement = /func \(in \*(\w+)\) APILifecycleReplacement\(\)[^{]*\{\n\treturn schema\.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"/g
  for (const [, kind, ...id] of source.matchAll(replacement)) at(kind).replacement = id.join('/')
  return [...entries.values()]
}
