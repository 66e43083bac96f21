// Lays the definitions of all releases beside each other: one numbered name, one line for each different content, with the releases that it holds for.

/** Collects definitions, each with the minors of Kubernetes 1 that it holds for. */
export class Definitions {
  #numbers = new Map()
  #variants = new Map()

  number(name) {
    if (!this.#numbers.has(name)) this.#numbers.set(name, this.#numbers.size)
    return this.#numbers.get(name)
  }

  /** Releases must come in ascending order. */
  add(name, minor, schema, lookup) {
    const number = this.number(name)
    const variants = this.#variants.get(number) ?? this.#variants.set(number, []).get(number)
    const last = variants.at(-1)
    if (last?.to === minor) return
    const text = JSON.stringify(schema, (key, value) => (key === '$ref' && typeof value === 'string' ? this.number(value) : value))
    if (last !== undefined && last.text === text && last.to === minor - 1) last.to = minor
    else variants.push({ from: minor, to: minor, text })
    for (const reference of references(schema)) this.add(reference, minor, lookup(reference), lookup)
  }

  /** What is the same in several custom resources (whole PodSpecs, selectors) is written once. */
  addCustom(name, schema, minors) {
    const share = shareParts(schema)
    this.#put(this.number(name), minors, share.root)
    for (const [part, content] of share.parts) this.#put(this.number(part), minors, content)
  }

  #put(number, [from, to], schema) {
    const text = JSON.stringify(schema, (key, value) => (key === '$ref' && typeof value === 'string' ? this.number(value) : value))
    this.#variants.set(number, [{ from, to, text }])
  }

  /** `[number, from, to, text]`, in the order of the numbers. */
  entries(newest) {
    return [...this.#variants].sort(([left], [right]) => left - right)
      .flatMap(([number, variants]) => variants.map(({ from, to, text }) => [number, from, to === newest ? 99 : to, text]))
  }
}

function references(schema, found = new Set()) {
  if (typeof schema !== 'object' || schema === null) return found
  if (typeof schema.$ref === 'string') found.add(schema.$ref)
  for (const value of Object.values(schema)) references(value, found)
  return found
}

const schemaKeys = new Set(['properties', 'items', 'additionalProperties'])
const worthSharing = 300

/** Replaces large object schemas by references named after their content. */
function shareParts(root) {
  const parts = new Map()
  const visit = (schema, top) => {
    if (typeof schema !== 'object' || schema === null || schema.$ref !== undefined) return schema
    const result = {}
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties') result[key] = Object.fromEntries(Object.entries(value).map(([name, child]) => [name, visit(child, false)]))
      else result[key] = schemaKeys.has(key) ? visit(value, false) : value
    }
    if (top || result.properties === undefined) return result
    const text = JSON.stringify(result)
    if (text.length < worthSharing) return result
    const name = `content:${text}`
    parts.set(name, result)
    return { $ref: name }
  }
  return { root: visit(root, true), parts }
}
