// Argo CD: applicationset/utils/utils.go, template_functions.go: what is added to sprig's functions
import { fixed, fromJson, templateFunctions, toJson, variadic, type TemplateFunctions, type TemplateValue } from '../../expression/go-template/index.ts'
import { formatYaml } from '../../manifest/index.ts'
import type { JsonValue } from '../../model/json.ts'
import { parseYaml, YamlError } from '../../values/yaml/index.ts'
import { sanitizeName, slugify } from '../sanitize-name.ts'
import { ApplicationSetError } from './application-set-error.ts'

/** The functions that templates of ApplicationSets may call. */
export const applicationSetFunctions: TemplateFunctions = new Map([
  ...templateFunctions,
  ['normalize', fixed(['string'], sanitizeName)],
  ['slugify', variadic([], 'any', (_, values) => callSlugify(values))],
  ['toYaml', fixed(['any'], (value) => formatYaml(toJson(value), { sortKeys: true }).replace(/\n$/, ''))],
  ['fromYaml', fixed(['string'], (text) => readYaml(text, 'a map', (value) => value instanceof Map, new Map()))],
  ['fromYamlArray', fixed(['string'], (text) => readYaml(text, 'a list', Array.isArray, []))],
])

function callSlugify(values: readonly TemplateValue[]): string {
  const name = values.at(-1) ?? ''
  const [maxLength = 50n, isSmart = true] = values.slice(0, -1)
  if (typeof name !== 'string' || typeof maxLength !== 'bigint' || typeof isSmart !== 'boolean' || values.length > 3) throw new ApplicationSetError('INVALID_APPLICATION_SET', 'slugify takes a length, a boolean and a text')
  return slugify(name, Number(maxLength), isSmart)
}

function readYaml(text: string, wanted: string, fits: (value: TemplateValue) => boolean, empty: TemplateValue): TemplateValue {
  const value = fromJson(parseYamlText(text))
  if (value === null) return empty
  if (!fits(value)) throw new ApplicationSetError('INVALID_APPLICATION_SET', `the YAML is not ${wanted}`)
  return value
}

/** Reads YAML of an ApplicationSet or of a file that it names. */
export function parseYamlText(text: string): JsonValue {
  try {
    return parseYaml(text).value
  } catch (error) {
    if (error instanceof YamlError) throw new ApplicationSetError('INVALID_APPLICATION_SET', `not YAML: ${error.message}`)
    throw error
  }
}
