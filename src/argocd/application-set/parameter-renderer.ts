// Argo CD: applicationset/utils/utils.go (Replace, deeplyReplace, RenderGeneratorParams)
import { compileTemplate, TemplateError, type CompiledTemplate, type MissingKey, type TemplateMap } from '../../expression/go-template/index.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { ApplicationSetError } from './application-set-error.ts'
import { applicationSetFunctions } from './template-functions.ts'

/** Puts parameters into the texts of an ApplicationSet, in its template language. */
export interface ParameterRenderer {
  readonly goTemplate: boolean
  renderText(text: string, parameters: TemplateMap): string
  /** Every text and key below a value. */
  render<Value extends JsonValue>(value: Value, parameters: TemplateMap): Value
  /** A generator whose parameters came from the one before it in a matrix. */
  renderGenerator(generator: JsonObject, parameters: TemplateMap): JsonObject
}

/** Makes the renderer of an ApplicationSet. */
export function createRenderer(spec: JsonObject): ParameterRenderer {
  const goTemplate = spec['goTemplate'] === true
  const missingKey = goTemplate ? readMissingKey(spec['goTemplateOptions']) : 'default'
  const compiled = new Map<string, CompiledTemplate>()
  const evaluate = (text: string, parameters: TemplateMap, missing: MissingKey): string => {
    let template = compiled.get(text)
    if (template === undefined) compiled.set(text, template = compileTemplate(text, applicationSetFunctions))
    return template(parameters, missing)
  }
  const renderText = (text: string, parameters: TemplateMap): string => {
    if (!goTemplate) return replaceTags(text, parameters)
    try {
      return evaluate(text, parameters, missingKey)
    } catch (error) {
      throw explain(error, text)
    }
  }
  const render = <Value extends JsonValue>(value: Value, parameters: TemplateMap): Value => mapTexts(value, (text) => renderText(text, parameters)) as Value
  /** What a `values` entry cannot resolve yet is resolved against the parameters of its own generator. */
  const renderEarly = (text: string, parameters: TemplateMap): string => {
    if (!goTemplate) return replaceTags(text, parameters)
    try {
      return evaluate(text, parameters, 'error')
    } catch (error) {
      if (error instanceof TemplateError && /map has no entry for key|can't evaluate field/.test(error.message)) return text
      throw explain(error, text)
    }
  }
  const renderGenerator = (generator: JsonObject, parameters: TemplateMap): JsonObject => Object.fromEntries(Object.entries(generator).map(([kind, block]) => {
    if (!isJsonObject(block) || !isJsonObject(block['values'])) return [kind, render(block, parameters)]
    const { values, ...rest } = block
    const early = Object.fromEntries(Object.entries(values as JsonObject).map(([key, value]) => [key, typeof value === 'string' ? renderEarly(value, parameters) : value]))
    return [kind, { ...render(rest, parameters), values: early }]
  }))
  return { goTemplate, renderText, render, renderGenerator }
}

function explain(error: unknown, text: string): unknown {
  return error instanceof TemplateError ? new ApplicationSetError('INVALID_APPLICATION_SET', `template ${JSON.stringify(shorten(text))}: ${error.message}`) : error
}

function shorten(text: string): string {
  return text.length <= 100 ? text : `${text.slice(0, 100)}…`
}

/** The last `missingkey=` counts; anything else is what text/template panics at. */
function readMissingKey(options: JsonValue | undefined): MissingKey {
  let missingKey: MissingKey = 'default'
  for (const option of isJsonArray(options) ? options : []) {
    const value = typeof option === 'string' ? /^missingkey=(default|invalid|zero|error)$/.exec(option)?.[1] : undefined
    if (value === undefined) throw new ApplicationSetError('INVALID_APPLICATION_SET', `unknown entry of goTemplateOptions: ${String(option)}`)
    missingKey = value === 'invalid' ? 'default' : value as MissingKey
  }
  return missingKey
}

/** github.com/valyala/fasttemplate as Argo CD uses it: a tag without a text for it stays. */
function replaceTags(text: string, parameters: TemplateMap): string {
  if (!/\{\{.*\}\}/.test(text)) return text
  let result = ''
  for (let position = 0; ;) {
    const open = text.indexOf('{{', position)
    if (open < 0) return result + text.slice(position)
    const close = text.indexOf('}}', open + 2)
    if (close < 0) throw new ApplicationSetError('INVALID_APPLICATION_SET', `template ${JSON.stringify(shorten(text))}: a tag is not closed`)
    const tag = text.slice(open + 2, close)
    const value = parameters.get(tag.trim())
    result += text.slice(position, open) + (typeof value === 'string' && tag.trim() !== '' ? value : `{{${tag}}}`)
    position = close + 2
  }
}

function mapTexts(value: JsonValue, change: (text: string) => string, path: FieldPath = []): JsonValue {
  if (typeof value === 'string') return changeAt(value, change, path)
  if (isJsonArray(value)) return value.map((item, index) => mapTexts(item, change, [...path, index]))
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [changeAt(key, change, [...path, key]), mapTexts(item, change, [...path, key])]))
}

function changeAt(text: string, change: (text: string) => string, path: FieldPath): string {
  if (!text.includes('{{')) return text
  try {
    return change(text)
  } catch (error) {
    throw error instanceof ApplicationSetError ? new ApplicationSetError(error.code, error.message, path) : error
  }
}
