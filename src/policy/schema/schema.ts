/** The shape of a document field, as a custom resource definition would state it. */
export type Schema =
  | { readonly type: 'any' }
  | { readonly type: 'string'; readonly values?: readonly string[]; readonly maxLength?: number }
  | { readonly type: 'boolean' }
  | { readonly type: 'integer'; readonly minimum?: number; readonly maximum?: number }
  | { readonly type: 'list'; readonly items: Schema }
  | { readonly type: 'map'; readonly items: Schema }
  | ObjectSchema
  | { readonly type: 'either'; readonly list: Schema; readonly object: Schema }
  | { readonly type: 'lazy'; readonly schema: () => Schema }

/** An object whose fields are all known. */
export interface ObjectSchema {
  readonly type: 'object'
  readonly fields: ReadonlyMap<string, Schema>
  /** Fields that are not known are kept and do nothing. */
  readonly isOpen?: true
  readonly required: readonly string[]
  /** Of these fields at most one may be set (at least one too where `atLeastOne`). */
  readonly exclusive?: { readonly names: readonly string[]; readonly atLeastOne: boolean }
}

export const any: Schema = { type: 'any' }
export const text: Schema = { type: 'string' }
export const flag: Schema = { type: 'boolean' }
export const integer: Schema = { type: 'integer' }
export const texts: Schema = { type: 'list', items: text }
export const textMap: Schema = { type: 'map', items: text }

/** A string that must be one of the given values. */
export function oneOf(...values: readonly string[]): Schema {
  return { type: 'string', values }
}

/** A list of one kind of item. */
export function listOf(items: Schema): Schema {
  return { type: 'list', items }
}

/** A map from any key to one kind of value. */
export function mapOf(items: Schema): Schema {
  return { type: 'map', items }
}

/** An object with exactly these fields; a name that ends in `*` is required. */
export function object(table: Readonly<Record<string, Schema>>, exclusive?: ObjectSchema['exclusive']): ObjectSchema {
  const fields = new Map<string, Schema>()
  const required: string[] = []
  for (const [written, schema] of Object.entries(table)) {
    const name = written.endsWith('*') ? written.slice(0, -1) : written
    if (name !== written) required.push(name)
    fields.set(name, schema)
  }
  return { type: 'object', fields, required, ...(exclusive ? { exclusive } : {}) }
}

/** The same object with some fields taken away and others added. */
export function varied(base: ObjectSchema, without: readonly string[], added: Readonly<Record<string, Schema>> = {}): ObjectSchema {
  const extra = object(added)
  const fields = new Map([...base.fields].filter(([name]) => !without.includes(name)))
  for (const [name, schema] of extra.fields) fields.set(name, schema)
  const required = [...base.required.filter((name) => fields.has(name)), ...extra.required]
  return { type: 'object', fields, required: [...new Set(required)], ...(base.exclusive ? { exclusive: base.exclusive } : {}) }
}

/** A schema that refers to itself. */
export function lazy(schema: () => Schema): Schema {
  return { type: 'lazy', schema }
}

/** The same where a definition keeps what it finds and Go decodes it later: types count, names of fields and what is required do not. */
export function decodedLater(schema: Schema): Schema {
  switch (schema.type) {
    case 'string': return text
    case 'integer': return integer
    case 'list': return listOf(decodedLater(schema.items))
    case 'map': return mapOf(decodedLater(schema.items))
    case 'object': return { type: 'object', fields: new Map([...schema.fields].map(([name, field]) => [name, decodedLater(field)])), required: [], isOpen: true }
    case 'either': return { type: 'either', list: decodedLater(schema.list), object: decodedLater(schema.object) }
    case 'lazy': return lazy(() => decodedLater(schema.schema()))
    default: return schema
  }
}
