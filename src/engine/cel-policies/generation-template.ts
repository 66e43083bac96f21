// Kyverno: pkg/cel/policies/gpol/template/{template,scanner}.go
import { isPlainMap, toJson, type CelValue, type Program } from '../../expression/cel/index.ts'
import { parseManifests } from '../../manifest/index.ts'
import type { CelGeneration } from '../../model/cel-policy.ts'
import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { prefixErrors } from '../attempt.ts'
import type { CelRun } from './cel-run.ts'
import { expectedTypes, type ExpressionCompiler } from './expression-compiler.ts'
import { containsPlaceholder, PlaceholderError, scanPlaceholders, type Segment } from './placeholders.ts'

/** Part of a template: gives its value in an evaluation. */
type Render = (run: CelRun) => JsonValue

/** A template's documents, each one resource. */
export type CompiledTemplate = readonly Render[]

/** Reads a template and compiles its placeholders; nothing where it is wrong, which then is among the compiler's problems. */
export function compileTemplate(compiler: ExpressionCompiler, { value, interpolate }: Extract<CelGeneration, { kind: 'template' }>, path: FieldPath): CompiledTemplate | undefined {
  const complain = (message: string): undefined => compiler.report(value, path, [{ message, line: 1, column: 1 }]) as undefined
  const { documents, problems } = parseManifests(value, 'template')
  const [syntax] = problems.filter(({ code }) => code === 'INVALID_YAML')
  if (syntax !== undefined) return complain(`failed to parse YAML: ${syntax.message}`)
  const roots = documents.map((document) => document.value).filter((root) => root !== null)
  if (roots.length === 0) return complain('template must contain at least one YAML document')
  const compile = new TemplateCompiler(compiler, path, interpolate === 'cel')
  try {
    return roots.map((root) => {
      if (!isJsonObject(root) && !(interpolate === 'cel' && typeof root === 'string' && isOnePlaceholder(root))) throw new PlaceholderError('document must be a mapping describing a resource')
      return compile.node(root)
    })
  } catch (error) {
    if (error instanceof PlaceholderError) return complain(error.message)
    throw error
  }
}

function isOnePlaceholder(text: string): boolean {
  const segments = scanPlaceholders(text)
  return segments.length === 1 && segments[0]?.expression !== undefined
}

class TemplateCompiler {
  readonly #compiler: ExpressionCompiler
  readonly #path: FieldPath
  readonly #interpolates: boolean

  constructor(compiler: ExpressionCompiler, path: FieldPath, interpolates: boolean) {
    this.#compiler = compiler
    this.#path = path
    this.#interpolates = interpolates
  }

  node(value: JsonValue): Render {
    if (!this.#interpolates || typeof value === 'number') return () => value
    if (typeof value === 'string') return this.#scalar(value)
    if (isJsonArray(value)) return this.#list(value)
    return isJsonObject(value) ? this.#map(value) : () => value
  }

  #list(list: readonly JsonValue[]): Render {
    const items = list.map((item) => this.node(item))
    return (run) => items.map((item, index) => prefixErrors(`item ${index}`, () => item(run)))
  }

  #map(map: JsonObject): Render {
    const entries = Object.entries(map).map(([key, item]) => {
      if (containsPlaceholder(key)) throw new PlaceholderError('placeholders are not supported in mapping keys; use a whole-value placeholder on the parent field instead')
      return [key, this.node(item)] as const
    })
    return (run) => Object.fromEntries(entries.map(([key, item]) => [key, prefixErrors(`field "${key}"`, () => item(run))]))
  }

  #scalar(text: string): Render {
    const segments = scanPlaceholders(text)
    if (!segments.some(({ expression }) => expression !== undefined)) {
      const plain = segments.map(({ literal }) => literal).join('')
      return () => plain
    }
    const parts = segments.map((segment) => this.#segment(segment))
    const [first] = parts
    if (parts.length === 1 && first !== undefined) return (run) => first.read(run)
    return (run) => parts.map((part) => part.print(run)).join('')
  }

  #segment({ literal = '', expression }: Segment): { readonly read: Render; readonly print: (run: CelRun) => string } {
    if (expression === undefined) return { read: () => literal, print: () => literal }
    const program = this.#compiler.compile(expression, this.#path, expectedTypes.any)
    const read: Render = (run) => evaluate(run, program, expression)
    return { read, print: (run) => printScalar(read(run), expression) }
  }
}

function evaluate(run: CelRun, program: Program | undefined, expression: string): JsonValue {
  return prefixErrors(`failed to evaluate placeholder "${expression}"`, () => {
    const value: CelValue = program === undefined ? null : run.evaluate(program)
    return toJson(value)
  })
}

function printScalar(value: JsonValue, expression: string): string {
  if (value === null || typeof value === 'object') {
    throw new EvaluationError('TYPE_MISMATCH', `placeholder "${expression}" embedded in a string must evaluate to a scalar; use a whole-value placeholder for structured results`)
  }
  return String(value)
}

/** The resources that a template makes. A policy of a namespace makes them there, and nowhere else. */
export function renderTemplate(run: CelRun, template: CompiledTemplate, ownNamespace: string): readonly JsonObject[] {
  return template.map((render, index) => prefixErrors('failed to render generation template', () => {
    const object = prefixErrors(`document ${index + 1}`, () => render(run))
    if (!isJsonObject(object)) throw new EvaluationError('TYPE_MISMATCH', `document ${index + 1}: expected a mapping describing a resource`)
    return ownNamespace === '' ? object : placeIn(object, ownNamespace)
  }))
}

function placeIn(object: JsonObject, ownNamespace: string): JsonObject {
  const metadata = isPlainMap(object['metadata'] ?? null) ? object['metadata'] as JsonObject : {}
  const namespace = metadata['namespace'] ?? ''
  if (namespace !== '' && namespace !== ownNamespace) {
    throw new EvaluationError('EXPRESSION_FAILED', `cross-namespace generation denied: a policy in namespace "${ownNamespace}" cannot generate resources into namespace "${String(namespace)}"`)
  }
  return { ...object, metadata: { ...metadata, namespace: ownNamespace } }
}
