// Which defaults the CustomResourceDefinitions of each release give, and since when.
import { join } from 'node:path'
import { readCrds } from './crds.mjs'
import { downloadModule } from './modules.mjs'

/** Rows `group/version kind since path json`; `since` is the minor that brought it, `-` if it is as old as the first release looked at. */
export function readCrdDefaults({ module, paths, releases }) {
  const rows = new Map()
  for (const release of releases) {
    const folder = downloadModule(`${module}@v${release}`)
    const minor = release === releases[0] ? '-' : release.split('.')[1]
    for (const { group, version, kind, schema } of paths.flatMap((path) => readCrds(join(folder, path)))) {
      for (const [path, value] of defaultsOf(schema)) {
        const key = `${group}/${version} ${kind}`
        const id = `${key} ${path} ${value}`
        if (!rows.has(id) && !path.startsWith('status')) rows.set(id, `${key} ${minor} ${path} ${value}`)
      }
    }
  }
  return [...rows.values()]
}

/** `[path, json]`; a list's items are `[]`, a map's values `*`. */
function* defaultsOf(schema, path = '') {
  if (typeof schema !== 'object' || schema === null) return
  if (schema.default !== undefined) yield [path, JSON.stringify(schema.default)]
  const below = path === '' ? '' : `${path}.`
  for (const [name, child] of Object.entries(schema.properties ?? {})) yield* defaultsOf(child, below + name)
  yield* defaultsOf(schema.items, `${below}[]`)
  yield* defaultsOf(schema.additionalProperties, `${below}*`)
}
