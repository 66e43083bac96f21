import type { SchemaNode } from '../../src/kubernetes/schema/schema-node.ts'

type Plain = Record<string, unknown>

const typeFields: readonly string[] = ['apiVersion', 'kind']

/** A Kubernetes schema in the words of JSON Schema, for a validator that knows nothing of Kubernetes. Keyed lists and sets are not expressed. */
export function plainJsonSchema(root: SchemaNode): Plain {
  const names = new Map<SchemaNode, string>()
  const definitions: Plain = {}
  const visit = (node: SchemaNode | undefined, custom: boolean): Plain => {
    if (node === undefined) return {}
    if (!node.declaresFields) return convert(node, custom)
    const known = names.get(node)
    if (known !== undefined) return { $ref: `#/$defs/${known}` }
    const name = `d${names.size}`
    names.set(node, name)
    definitions[name] = convert(node, custom)
    return { $ref: `#/$defs/${name}` }
  }
  const convert = (node: SchemaNode, custom: boolean): Plain => {
    const plain: Plain = {}
    const nulls = custom && !node.nullable ? [] : ['null']
    if (node.intOrString) plain['type'] = ['integer', 'string', ...nulls]
    else if (node.format === 'quantity') Object.assign(plain, { type: ['string', 'number', ...nulls], pattern: '^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$' })
    else if (node.type !== undefined) plain['type'] = [node.type, ...nulls]
    if (node.enumeration !== undefined) plain['enum'] = custom ? node.enumeration : [...node.enumeration, '', null]
    if (node.format === 'int32') Object.assign(plain, { minimum: -(2 ** 31), maximum: 2 ** 31 - 1 })
    for (const keyword of ['pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'multipleOf', 'uniqueItems']) {
      if (node.raw[keyword] !== undefined) plain[keyword] = node.raw[keyword]
    }
    const required = node.required.filter((name) => (custom ? node.field(name)?.defaultValue === undefined : node.field(name)?.type !== 'boolean'))
    if (required.length > 0) plain['required'] = required
    // The API server takes null out of a custom resource where it is not allowed, before it looks at the rest.
    const orStrayNull = (field: Plain, of: SchemaNode | undefined): Plain => (custom && of !== undefined && !of.nullable ? { anyOf: [field, { type: 'null' }] } : field)
    if (node.declaresFields) {
      plain['properties'] = Object.fromEntries(node.fieldNames.map((name) => {
        const field = visit(node.field(name), custom && !(node === root && name === 'metadata'))
        if (node === root && typeFields.includes(name)) return [name, field]
        // Go's decoder takes null as absent.
        if (required.includes(name)) return [name, custom ? field : { allOf: [field, { not: { type: 'null' } }] }]
        return [name, orStrayNull(field, node.field(name))]
      }))
    }
    if (node.additional !== undefined) plain['additionalProperties'] = orStrayNull(visit(node.additional, custom), node.additional)
    else if (node.type === 'object' && !node.keepsUnknown) plain['additionalProperties'] = false
    if (node.items !== undefined) plain['items'] = visit(node.items, custom)
    for (const keyword of ['allOf', 'anyOf', 'oneOf'] as const) {
      const parts = node.alternatives(keyword)
      if (parts.length > 0) plain[keyword] = parts.map((part) => visit(part, custom))
    }
    if (node.negated !== undefined) plain['not'] = visit(node.negated, custom)
    return plain
  }
  return { ...visit(root, root.custom), $defs: definitions }
}
