// Argo CD: applicationset/generators/value_interpolation.go
import type { TemplateMap } from '../../../expression/go-template/index.ts'
import { isJsonObject, type JsonObject } from '../../../model/json.ts'
import type { ParameterRenderer } from '../parameter-renderer.ts'

/** Adds a generator's `values`, whose texts see the other parameters and not each other. */
export function appendValues(block: JsonObject, parameters: TemplateMap, renderer: ParameterRenderer): TemplateMap {
  const values = isJsonObject(block['values']) ? Object.entries(block['values']) : []
  const rendered = values.map(([key, value]) => [key, renderer.renderText(typeof value === 'string' ? value : '', parameters)] as const)
  if (rendered.length === 0) return parameters
  if (renderer.goTemplate) parameters.set('values', new Map(rendered))
  else for (const [key, value] of rendered) parameters.set(`values.${key}`, value)
  return parameters
}
