import { evaluateTemplate, type MissingKey } from './evaluate.ts'
import { templateFunctions } from './functions/index.ts'
import type { TemplateFunctions } from './functions/template-function.ts'
import { parseTemplate } from './parse.ts'
import type { TemplateValue } from './value.ts'

export { TemplateError } from './template-error.ts'
export { fixed, variadic, type TemplateFunction, type TemplateFunctions } from './functions/template-function.ts'
export { copy as copyValue, mergeMaps } from './functions/dictionaries.ts'
export { goBase, goDir } from './functions/paths.ts'
export { templateFunctions } from './functions/index.ts'
export { fromJson, isList, showValue, toJson, type TemplateMap, type TemplateValue } from './value.ts'
export type { MissingKey } from './evaluate.ts'

/** A template ready to be run on any data. Throws `TemplateError`. */
export type CompiledTemplate = (data: TemplateValue, missingKey?: MissingKey) => string

/** Compiles a template of Go's text/template, by default with sprig's functions. Throws `TemplateError` where it is not well formed. */
export function compileTemplate(text: string, functions: TemplateFunctions = templateFunctions): CompiledTemplate {
  if (!text.includes('{{')) return () => text
  const templates = parseTemplate(text, (name) => functions.has(name))
  return (data, missingKey = 'default') => evaluateTemplate(templates, data, { missingKey, functions })
}
