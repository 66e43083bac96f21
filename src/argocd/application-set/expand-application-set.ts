// Argo CD: applicationset/controllers/template (GenerateApplications, applyTemplatePatch), applicationset/generators/generator_spec_processor.go
import type { TemplateMap } from '../../expression/go-template/index.ts'
import { KnownError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath } from '../../model/source.ts'
import { applyMergePatch } from '../../patch/merge-patch.ts'
import { ApplicationSetError, NotExpandable } from './application-set-error.ts'
import { flattenParameters } from './flatten-parameters.ts'
import type { ApplicationSetWorld, GeneratorContext } from './generators/generator.ts'
import { generators } from './generators/index.ts'
import { matchesParameters } from './matches-parameters.ts'
import { createRenderer, type ParameterRenderer } from './parameter-renderer.ts'
import { parseYamlText } from './template-functions.ts'

/** Something that an ApplicationSet says and cannot be followed. */
export interface ApplicationSetProblem {
  /** `NOT_EXPANDABLE`: nothing is wrong, but the answer is not among the files. */
  readonly code: 'INVALID_APPLICATION_SET' | 'NOT_EXPANDABLE'
  readonly path: FieldPath
  readonly message: string
}

/** The Applications that an ApplicationSet makes, and what keeps it from making others. */
export interface ExpandedApplicationSet {
  readonly applications: readonly JsonObject[]
  readonly problems: readonly ApplicationSetProblem[]
}

/** Makes the Applications of an ApplicationSet. */
export function expandApplicationSet(object: JsonObject, world: ApplicationSetWorld): ExpandedApplicationSet {
  const applications: JsonObject[] = []
  const problems: ApplicationSetProblem[] = []
  const attempt = (path: FieldPath, work: () => void): void => {
    try {
      work()
    } catch (error) {
      if (!(error instanceof KnownError)) throw error
      const below = error instanceof ApplicationSetError ? error.path : []
      problems.push({ code: error instanceof NotExpandable ? error.code : 'INVALID_APPLICATION_SET', path: [...path, ...below], message: error.message })
    }
  }
  attempt(['spec'], () => {
    const spec = child(object, 'spec')
    const renderer = createRenderer(spec)
    const items = isJsonArray(spec['generators']) ? spec['generators'] : []
    if (items.length === 0) throw new ApplicationSetError('INVALID_APPLICATION_SET', 'the ApplicationSet has no generators')
    for (const [index, item] of items.entries()) {
      attempt(['spec', 'generators', index], () => {
        for (const { template, sets } of transform(isJsonObject(item) ? item : {}, child(spec, 'template'), { world, renderer })) {
          for (const parameters of sets) attempt(['spec'], () => applications.push(makeApplication(object, template, parameters, renderer)))
        }
      })
    }
  })
  return { applications, problems: [...distinct(problems), ...duplicateNames(applications)] }
}

interface Scope { readonly world: ApplicationSetWorld; readonly renderer: ParameterRenderer }

/** The parameters of each generator of an item, filtered by its selector, with the template that holds for them. */
function transform(item: JsonObject, template: JsonObject, scope: Scope, outer?: TemplateMap): readonly { readonly template: JsonObject; readonly sets: readonly TemplateMap[] }[] {
  const selector = item['selector']
  const names = Object.keys(generators).filter((name) => isJsonObject(item[name])) as (keyof typeof generators)[]
  if (names.length === 0) throw unknownGenerator(item)
  const rendered = outer === undefined || outer.size === 0 ? item : scope.renderer.renderGenerator(item, outer)
  const context: GeneratorContext = { ...scope, expand: (nested, parameters) => expandNested(nested, scope, parameters) }
  return names.map((name) => {
    const all = named(name, () => generators[name](rendered[name] as JsonObject, context))
    const sets = isJsonObject(selector) ? all.filter((parameters) => matchesParameters(selector, flattenParameters(parameters))) : all
    return { template: fill(child(item[name] as JsonObject, 'template'), template), sets }
  })
}

/** Says which generator has no answer. */
function named<Result>(name: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    if (error instanceof NotExpandable && !error.message.includes('generator')) throw new NotExpandable('NOT_EXPANDABLE', `the ${name} generator has no answer here: ${error.message}`)
    throw error
  }
}

function unknownGenerator(item: JsonObject): ApplicationSetError {
  const names = Object.keys(item).filter((name) => name !== 'selector')
  return new ApplicationSetError('INVALID_APPLICATION_SET', names.length === 0 ? 'the generator is empty' : `unknown generator ${names.map((name) => JSON.stringify(name)).join(', ')}`)
}

function expandNested(item: JsonObject, scope: Scope, outer: TemplateMap | undefined): readonly TemplateMap[] {
  const [only, second] = transform(item, {}, scope, outer)
  if (second !== undefined) throw new ApplicationSetError('INVALID_APPLICATION_SET', 'a nested generator is one generator')
  return only?.sets ?? []
}

/** mergo.Merge: what a generator's own template leaves empty comes from the ApplicationSet's. */
function fill(own: JsonObject, general: JsonObject): JsonObject {
  const filled = new Map(Object.entries(own))
  for (const [key, value] of Object.entries(general)) {
    const present = filled.get(key)
    if (isJsonObject(present) && isJsonObject(value)) filled.set(key, fill(present, value))
    else if (isEmpty(present)) filled.set(key, value)
  }
  return Object.fromEntries(filled)
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true
  return isJsonArray(value) ? value.length === 0 : isJsonObject(value) && Object.keys(value).length === 0
}

function makeApplication(applicationSet: JsonObject, template: JsonObject, parameters: TemplateMap, renderer: ParameterRenderer): JsonObject {
  const rendered = parameters.size === 0 ? template : within('template', () => renderer.render(template, parameters))
  const text = child(applicationSet, 'spec')['templatePatch']
  const patched = typeof text === 'string' ? within('templatePatch', () => applyTemplatePatch(rendered, renderer.renderText(text, parameters))) : rendered
  const { namespace: _, ...metadata } = child(patched, 'metadata')
  const namespace = child(applicationSet, 'metadata')['namespace']
  if (typeof metadata['name'] !== 'string' || metadata['name'] === '') throw new ApplicationSetError('INVALID_APPLICATION_SET', 'an Application of the ApplicationSet has no name', ['template', 'metadata'])
  return {
    apiVersion: 'argoproj.io/v1alpha1', kind: 'Application',
    // An Application lies where its ApplicationSet does, whatever the template says.
    metadata: { ...metadata, ...(namespace === undefined ? {} : { namespace }) }, spec: child(patched, 'spec'),
  }
}

/** Says in which field of the ApplicationSet's spec something is wrong. */
function within<Result>(field: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw error instanceof ApplicationSetError ? new ApplicationSetError(error.code, error.message, [field, ...error.path]) : error
  }
}

/** A strategic merge; in an Application only finalizers are a list that is merged. The project cannot be patched. */
function applyTemplatePatch(application: JsonObject, text: string): JsonObject {
  const patch = parseYamlText(text) ?? {}
  if (!isJsonObject(patch)) throw new ApplicationSetError('INVALID_APPLICATION_SET', 'templatePatch is not a map')
  const merged = applyMergePatch(application, patch) as JsonObject
  const [own, added] = [child(application, 'metadata')['finalizers'], child(patch, 'metadata')['finalizers']]
  const finalizers = isJsonArray(own) && isJsonArray(added) ? { finalizers: [...own, ...added.filter((item) => !own.includes(item))] } : {}
  const { project: _, ...spec } = child(merged, 'spec')
  const { project } = child(application, 'spec')
  return { ...merged, metadata: { ...child(merged, 'metadata'), ...finalizers }, spec: { ...spec, ...(project === undefined ? {} : { project }) } }
}

function duplicateNames(applications: readonly JsonObject[]): readonly ApplicationSetProblem[] {
  const names = applications.map((application) => child(application, 'metadata')['name'])
  const twice = [...new Set(names.filter((name, index) => names.indexOf(name) !== index))]
  return twice.map((name) => ({ code: 'INVALID_APPLICATION_SET', path: ['spec', 'template', 'metadata', 'name'], message: `several Applications of the ApplicationSet are called ${String(name)}` }))
}

/** Hundreds of sets of parameters fail alike. */
function distinct(problems: readonly ApplicationSetProblem[]): readonly ApplicationSetProblem[] {
  return [...new Map(problems.map((problem) => [`${problem.path.join('.')} ${problem.message}`, problem])).values()]
}

function child(object: JsonObject, name: string): JsonObject {
  const value = object[name]
  return isJsonObject(value) ? value : {}
}
