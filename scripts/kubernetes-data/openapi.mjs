// Reads one release's OpenAPI v3 documents: definitions (without prose) and which kinds are served, under which plural and scope.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { goTypes, markZeroValues } from './go-types.mjs'
import { stripSchema } from './strip-schema.mjs'

const quantity = 'io.k8s.apimachinery.pkg.api.resource.Quantity'
const intOrString = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString'

/** `{ definitions: Map<name, schema>, kinds: [{ group, version, kind, plural, scope, definition }] }` */
export function readRelease(folder, moduleFolders) {
  const enums = readEnums(folder)
  const fieldsOf = goTypes(moduleFolders)
  const definitions = new Map()
  const kinds = new Map()
  const specs = join(folder, 'api/openapi-spec/v3')
  for (const file of readdirSync(specs).filter((name) => name.endsWith('_openapi.json')).sort()) {
    const document = JSON.parse(readFileSync(join(specs, file), 'utf8'))
    const schemas = document.components?.schemas ?? {}
    for (const [name, schema] of Object.entries(schemas)) {
      if (!definitions.has(name)) definitions.set(name, nameType(name, markZeroValues(stripDefinition(name, schema, enums), fieldsOf(name))))
    }
    for (const [path, item] of Object.entries(document.paths ?? {})) addKind(kinds, path, item, schemas)
  }
  return { definitions, kinds: [...kinds.values()] }
}

function stripDefinition(name, schema, enums) {
  if (name === quantity) return { format: 'quantity' }
  if (name === intOrString) return { 'x-kubernetes-int-or-string': true }
  const stripped = stripSchema(schema)
  for (const { property, values, ofItems } of enums.get(goName(name)) ?? []) {
    const field = stripped.properties?.[property]
    const target = ofItems ? field?.items ?? field?.additionalProperties : field
    if (target !== undefined) target.enum = values
  }
  return stripped
}

/** What the API server fills in depends on the type, wherever it is used: `core.v1.Container`. */
function nameType(name, schema) {
  const match = /^io\.k8s\.(?:api|[\w-]+\.pkg\.apis)\.(\w+\.\w+\.\w+)$/.exec(name)
  return match === null || schema.properties === undefined ? schema : { ...schema, 'x-go-type': match[1] }
}

/** A served kind has a collection that can be created in, or an item that can be read. */
function addKind(kinds, path, item, schemas) {
  const match = /^\/(?:api|apis\/([^/]+))\/([^/]+)(\/namespaces\/\{namespace\})?\/([^/{]+)(\/\{name\})?$/.exec(path)
  if (match === null) return
  const operation = match[5] === undefined ? item.post : item.get
  const id = operation?.['x-kubernetes-group-version-kind']
  if (id === undefined) return
  const [definition] = Object.entries(schemas).find(([, schema]) =>
    schema['x-kubernetes-group-version-kind']?.length === 1 && sameKind(schema['x-kubernetes-group-version-kind'][0], id)) ?? []
  if (definition === undefined) return
  const scope = match[3] === undefined ? 'Cluster' : 'Namespaced'
  kinds.set(`${id.group}/${id.version}/${id.kind}`, { ...id, plural: match[4], scope, definition })
}

function sameKind(left, right) {
  return left.group === right.group && left.version === right.version && left.kind === right.kind
}

/**
 * The published documents leave enumerations out; the generated Go code has them. Its layout is gofmt's, so the depth of the
 * indentation tells a property's own enumeration from that of its items.
 */
function readEnums(folder) {
  const source = readFileSync(join(folder, 'pkg/generated/openapi/zz_generated.openapi.go'), 'utf8')
  const enums = new Map()
  let definition
  let property
  for (const line of source.split('\n')) {
    const start = /^func schema_(\w+)\(/.exec(line)
    if (start !== null) definition = start[1]
    const key = /^\t{5}"([^"]+)": \{$/.exec(line)
    if (key !== null) property = key[1]
    const values = /^(\t+)Enum:\s+\[\](?:interface\{\}|any)\{(.*)\},$/.exec(line)
    if (values === null || property === undefined) continue
    const entry = { property, values: JSON.parse(`[${values[2]}]`), ofItems: values[1].length > 7 }
    enums.set(definition, [...(enums.get(definition) ?? []), entry])
  }
  return enums
}

/** `io.k8s.api.core.v1.ServicePort` is `k8sio_api_core_v1_ServicePort` in the generated code. */
function goName(name) {
  return name.replace(/^io\.k8s\./, 'k8sio.').replaceAll('-', '').replaceAll('.', '_')
}
