// Takes prose and noise out of a schema, and brings it into the one form that src/kubernetes/schema reads.

const dropped = new Set(['description', 'example', 'externalDocs', 'title', 'x-kubernetes-group-version-kind', 'x-kubernetes-unions'])
const lists = new Set(['allOf', 'anyOf', 'oneOf'])
const maps = new Set(['properties', 'patternProperties'])
const nested = new Set(['items', 'not', 'additionalProperties'])

/** References become `{ $ref: 'name' }` with the defaults that stood beside them. */
export function stripSchema(schema) {
  if (typeof schema !== 'object' || schema === null) return schema
  if (schema.allOf?.length === 1 && schema.allOf[0].$ref !== undefined && schema.properties === undefined) {
    const { allOf, ...beside } = schema
    return { ...stripSchema(beside), $ref: refName(allOf[0].$ref) }
  }
  const result = {}
  for (const [key, value] of Object.entries(schema)) {
    if (dropped.has(key)) continue
    if (key === '$ref') result.$ref = refName(value)
    else if (maps.has(key)) result[key] = Object.fromEntries(Object.entries(value).map(([name, child]) => [name, stripSchema(child)]))
    else if (lists.has(key)) result[key] = value.map(stripSchema)
    else if (nested.has(key)) result[key] = Array.isArray(value) ? value.map(stripSchema) : stripSchema(value)
    else result[key] = value
  }
  return result
}

function refName(reference) {
  return reference.replace(/^#\/(components\/schemas|definitions)\//, '')
}
