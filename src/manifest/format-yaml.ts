import { dump, Schema, Type, type TypeConstructorOptions } from 'js-yaml'
import type { JsonValue } from '../model/json.ts'
import { formatFloat } from '../values/number-text.ts'
import { resolvePlainScalar } from '../values/yaml/resolve-scalar.ts'

export interface FormatYamlOptions {
  /** Sorts the keys of mappings, as Kubernetes' own writers do. Document order by default. */
  readonly sortKeys?: boolean
}

/** Writes one document, ending with a line break. What it writes reads back as the same value, in Kubernetes and here. */
export function formatYaml(value: JsonValue, { sortKeys = false }: FormatYamlOptions = {}): string {
  // js-yaml writes what it cannot put into a key's line as `? key`, and lists at the indentation of their key, as kubectl does.
  return dump(value, { schema: kubernetesSchema(), noRefs: true, lineWidth: -1, noArrayIndent: true, quotingType: '"', sortKeys })
}

/** Writes documents with `---` between them. */
export function formatYamlStream(values: readonly JsonValue[], options: FormatYamlOptions = {}): string {
  return values.map((value) => formatYaml(value, options)).join('---\n')
}

/** Whether Kubernetes' reader would take an unquoted text for something else; js-yaml quotes what one of its types recognises. */
function readsAsAnother(text: unknown): boolean {
  return typeof text === 'string' && (text === '' || text === '<<' || typeof resolvePlainScalar(text) !== 'string')
}

let schema: Schema | undefined

/** JSON's values; whole numbers print their digits, others as Go prints them. Made when first needed: most runs write no YAML. */
function kubernetesSchema(): Schema {
  const type = (name: string, options: TypeConstructorOptions): Type => new Type(`tag:yaml.org,2002:${name}`, options)
  schema ??= new Schema({
    implicit: [
      type('null', { kind: 'scalar', resolve: readsAsAnother, predicate: (value) => value === null, represent: () => 'null' }),
      type('bool', { kind: 'scalar', resolve: () => false, predicate: (value) => typeof value === 'boolean', represent: String }),
      type('float', { kind: 'scalar', resolve: () => false, predicate: (value) => typeof value === 'number' || typeof value === 'bigint', represent: formatNumber }),
    ],
    explicit: [type('str', { kind: 'scalar' }), type('seq', { kind: 'sequence' }), type('map', { kind: 'mapping' })],
  })
  return schema
}

function formatNumber(value: unknown): string {
  if (typeof value !== 'number') return String(value)
  if (Number.isInteger(value) && value >= -(2 ** 63) && value < 2 ** 64) return BigInt(value).toString()
  return Number.isFinite(value) ? formatFloat(value, 'g') : 'null'
}
