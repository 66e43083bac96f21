// OpenAPI does not say what Go's encoder prints for a field that holds nothing; the Go types do. One release's modules of types.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The modules of k8s.io that the definitions come from. */
export const typeModules = ['api', 'apiextensions-apiserver', 'apimachinery', 'kube-aggregator']

/** Returns a function from a definition's name to its fields: `Map<json name, { pointer, omitEmpty, omitZero }>`, or undefined. */
export function goTypes(folders) {
  const packages = new Map()
  return (definition) => {
    const module = typeModules.find((name) => definition.startsWith(`io.k8s.${name}.`))
    if (module === undefined) return undefined
    const parts = definition.slice(`io.k8s.${module}.`.length).split('.')
    const folder = join(folders[module], ...parts.slice(0, -1))
    if (!packages.has(folder)) packages.set(folder, existsSync(folder) ? readPackage(folder) : new Map())
    return flatten(packages.get(folder), parts.at(-1))
  }
}

/** `Map<type, [{ type, name, pointer, omitEmpty, omitZero, inline }]>`. */
function readPackage(folder) {
  const types = new Map()
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.go') && !/^(zz_|generated|.*_test\.go$)/.test(name))) {
    for (const [, type, body] of readFileSync(join(folder, file), 'utf8').matchAll(/^type (\w+) struct \{\n([^]*?)^\}/gm)) types.set(type, readFields(body))
  }
  return types
}

function readFields(body) {
  return [...body.matchAll(/^\t(?:(\w+)[ \t]+)?(\*?[\w.[\]*]+)[ \t]+`[^`\n]*json:"([^"]*)"/gm)].map(([, , type, tag]) => {
    const [name, ...options] = tag.split(',')
    return { type: type.replace('*', ''), name, pointer: type.startsWith('*'), omitEmpty: options.includes('omitempty'), omitZero: options.includes('omitzero'), inline: options.includes('inline') }
  })
}

function flatten(types, type) {
  if (!types.has(type)) return undefined
  const fields = new Map()
  for (const field of types.get(type)) {
    if (!field.inline) fields.set(field.name, field)
    else for (const [name, inner] of flatten(types, field.type) ?? []) fields.set(name, inner)
  }
  return fields
}

/** Adds `x-go-zero` to the fields of a definition: what becomes of one that holds nothing (`omit`, `print` its zero value, `null`). */
export function markZeroValues(schema, fields) {
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const field = fields?.get(name)
    const mark = field === undefined ? undefined : zeroMark(field, property.$ref !== undefined)
    if (mark !== undefined) property['x-go-zero'] = mark
  }
  return schema
}

/** Go's `omitempty` never omits a struct; `omitzero` does. */
function zeroMark({ pointer, omitEmpty, omitZero }, isStruct) {
  if (pointer) return omitEmpty || omitZero ? undefined : 'null'
  return omitZero || (omitEmpty && !isStruct) ? 'omit' : 'print'
}
