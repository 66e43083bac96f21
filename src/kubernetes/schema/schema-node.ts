import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'

export type SchemaType = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean'
export type ListType = 'atomic' | 'set' | 'map'

/** Finds the schema that a `$ref` names. */
export type ResolveReference = (reference: JsonValue) => SchemaNode | undefined

/**
 * One place of a Kubernetes schema (OpenAPI v3 with the `x-kubernetes-` extensions), read from its JSON form.
 * Children are read when they are first asked for: a Deployment touches a tenth of what its schema could reach.
 */
export class SchemaNode {
  readonly type: SchemaType | undefined
  readonly nullable: boolean
  readonly intOrString: boolean
  readonly preserveUnknown: boolean
  readonly embeddedResource: boolean
  /** Whether this is the root of a custom resource: its values are checked one by one, where those of built-in kinds are decoded by Go. */
  readonly custom: boolean
  readonly format: string | undefined
  readonly enumeration: readonly JsonValue[] | undefined
  readonly required: readonly string[]
  readonly defaultValue: JsonValue | undefined
  readonly listType: ListType | undefined
  readonly listMapKeys: readonly string[]
  readonly mapType: 'atomic' | 'granular' | undefined
  readonly patchMergeKey: string | undefined
  /** What Go's encoder does with a field of a built-in kind that holds nothing: leave it out, print its zero value, or print null. */
  readonly emptyField: 'omit' | 'print' | 'null' | undefined
  /** The Go type of a built-in kind's part: `core.v1.Container`. */
  readonly goType: string | undefined
  /** Of the root of a custom resource: whether its status is a subresource, and so cannot be created with it. */
  readonly statusSubresource: boolean
  /** Of `x-kubernetes-patch-strategy`: `merge`, `retainKeys`, `replace`. */
  readonly patchStrategies: readonly string[]
  /** Value validations that only custom resources have: bounds, patterns, `allOf` and its relatives. */
  readonly hasFurtherChecks: boolean
  readonly raw: JsonObject
  readonly #resolve: ResolveReference
  readonly #properties: JsonObject | undefined
  readonly #children = new Map<string, SchemaNode | undefined>()
  #items: SchemaNode | null | undefined
  #additional: SchemaNode | null | undefined

  constructor(raw: JsonObject, resolve: ResolveReference) {
    this.raw = raw
    this.#resolve = resolve
    const { properties } = raw
    this.#properties = isJsonObject(properties) ? properties : undefined
    this.intOrString = raw['x-kubernetes-int-or-string'] === true
    this.type = this.intOrString ? undefined : readType(raw)
    this.nullable = raw['nullable'] === true
    this.preserveUnknown = raw['x-kubernetes-preserve-unknown-fields'] === true
    this.embeddedResource = raw['x-kubernetes-embedded-resource'] === true
    this.custom = raw['x-custom-resource'] === true
    this.format = readText(raw['format'])
    this.enumeration = isJsonArray(raw['enum']) ? raw['enum'] : undefined
    this.required = readTexts(raw['required'])
    this.defaultValue = raw['default']
    this.listType = readText(raw['x-kubernetes-list-type']) as ListType | undefined
    this.listMapKeys = readTexts(raw['x-kubernetes-list-map-keys'])
    this.mapType = readText(raw['x-kubernetes-map-type']) as 'atomic' | 'granular' | undefined
    this.patchMergeKey = readText(raw['x-kubernetes-patch-merge-key'])
    this.patchStrategies = readText(raw['x-kubernetes-patch-strategy'])?.split(',') ?? []
    this.emptyField = readText(raw['x-go-zero']) as SchemaNode['emptyField']
    this.goType = readText(raw['x-go-type'])
    this.statusSubresource = raw['x-status-subresource'] === true
    this.hasFurtherChecks = furtherChecks.some((key) => Object.hasOwn(raw, key))
  }

  /** The names of declared fields. */
  get fieldNames(): readonly string[] {
    return this.#properties === undefined ? [] : Object.keys(this.#properties)
  }

  /** Whether fields are declared at all; an object that declares none, nor what others hold, may hold anything. */
  get declaresFields(): boolean {
    return this.#properties !== undefined
  }

  /** The schema of a declared field. */
  field(name: string): SchemaNode | undefined {
    const found = this.#children.get(name)
    if (found !== undefined || this.#properties === undefined || !Object.hasOwn(this.#properties, name)) return found
    const node = readSchema(this.#properties[name], this.#resolve)
    this.#children.set(name, node)
    return node
  }

  /** The schema of list items. */
  get items(): SchemaNode | undefined {
    if (this.#items === undefined) this.#items = readSchema(this.raw['items'], this.#resolve) ?? null
    return this.#items ?? undefined
  }

  /** The schema of values of a map. */
  get additional(): SchemaNode | undefined {
    if (this.#additional === undefined) this.#additional = readSchema(this.raw['additionalProperties'], this.#resolve) ?? null
    return this.#additional ?? undefined
  }

  /** The schema of a key, declared or of a map. */
  child(name: string): SchemaNode | undefined {
    return this.field(name) ?? this.additional
  }

  /** Whether keys that are not declared are kept as they are. */
  get keepsUnknown(): boolean {
    return this.preserveUnknown || this.raw['additionalProperties'] === true
      || (this.#properties === undefined && this.raw['additionalProperties'] === undefined)
  }

  /** The schemas of `allOf`, `anyOf` or `oneOf`. */
  alternatives(keyword: 'allOf' | 'anyOf' | 'oneOf'): readonly SchemaNode[] {
    const list = this.raw[keyword]
    return isJsonArray(list) ? list.flatMap((entry) => readSchema(entry, this.#resolve) ?? []) : []
  }

  /** The schema of `not`. */
  get negated(): SchemaNode | undefined {
    return readSchema(this.raw['not'], this.#resolve)
  }
}

const furtherChecks = [
  'allOf', 'anyOf', 'oneOf', 'not', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'multipleOf', 'minItems', 'maxItems',
  'uniqueItems', 'minProperties', 'maxProperties',
] as const

/** Reads a schema. What stands beside a `$ref` (a default, merge keys) adds to what it names. */
export function readSchema(raw: JsonValue | undefined, resolve: ResolveReference): SchemaNode | undefined {
  if (!isJsonObject(raw)) return undefined
  const { $ref: reference, ...beside } = raw
  if (reference === undefined) return new SchemaNode(raw, resolve)
  const target = resolve(reference)
  return target === undefined || Object.keys(beside).length === 0 ? target : new SchemaNode({ ...target.raw, ...beside }, resolve)
}

function readType(raw: JsonObject): SchemaType | undefined {
  const type = readText(raw['type']) as SchemaType | undefined
  if (type !== undefined) return type
  return isJsonObject(raw['properties']) || isJsonObject(raw['additionalProperties']) ? 'object' : undefined
}

function readText(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function readTexts(value: JsonValue | undefined): readonly string[] {
  return isJsonArray(value) ? value.filter((entry) => typeof entry === 'string') : []
}

/** Says nothing: any map with any keys, every list one value. Kyverno's offline admission policies merge by it. */
export const deducedSchema = new SchemaNode({}, () => undefined)
