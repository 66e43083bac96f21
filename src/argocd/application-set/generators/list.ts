// Argo CD: applicationset/generators/list.go
import { fromJson, type TemplateMap } from '../../../expression/go-template/index.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import { ApplicationSetError } from '../application-set-error.ts'
import { parseYamlText } from '../template-functions.ts'
import type { Generator } from './generator.ts'

/** Elements as they stand, and those of a text of YAML. */
export const list: Generator = (block, { renderer }) => {
  const elements = isJsonArray(block['elements']) ? block['elements'].map(toElement) : []
  const text = block['elementsYaml']
  const more = typeof text === 'string' && text !== '' ? readElements(text) : []
  return [...elements.map((element) => (renderer.goTemplate ? fromJson(element) as TemplateMap : toTexts(element))), ...more]
}

function toElement(element: JsonValue): JsonObject {
  if (isJsonObject(element)) return element
  throw new ApplicationSetError('INVALID_APPLICATION_SET', 'an element of the list generator is not a map')
}

function readElements(text: string): readonly TemplateMap[] {
  const elements = parseYamlText(text) ?? []
  if (!isJsonArray(elements)) throw new ApplicationSetError('INVALID_APPLICATION_SET', 'elementsYaml is not a list')
  return elements.map((element) => fromJson(toElement(element)) as TemplateMap)
}

/** Without Go templates all values are texts, those of `values` too. */
function toTexts(element: JsonObject): TemplateMap {
  const asText = (name: string, value: JsonValue): readonly [string, string] => {
    if (typeof value === 'string') return [name, value]
    throw new ApplicationSetError('INVALID_APPLICATION_SET', `${name} of a list element is not a text, which only goTemplate allows`)
  }
  return new Map(Object.entries(element).flatMap(([name, value]) => {
    if (name !== 'values') return [asText(name, value)]
    if (!isJsonObject(value)) throw new ApplicationSetError('INVALID_APPLICATION_SET', 'values of a list element is not a map')
    return Object.entries(value).map(([key, item]) => asText(`values.${key}`, item))
  }))
}
