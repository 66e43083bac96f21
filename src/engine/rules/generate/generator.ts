// Kyverno: pkg/background/generate/{generator,data,clone}.go
import type { EvaluationError } from '../../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import type { Labels } from '../../../model/resource.ts'
import { parseContext, parseLabelSelector } from '../../../policy/index.ts'
import { toFloat64, toPlain } from '../../../values/numbers.ts'
import { attempt, prefixErrors } from '../../attempt.ts'
import type { DeferredEntry } from '../../context/deferred-entry.ts'
import { compileEntries } from '../../context/entries/index.ts'
import { compileSelector } from '../../match/selector.ts'
import { prepareConditions, type PreparedConditions } from '../../prepare-conditions.ts'
import { compileTemplate, type Template } from '../../variables/template.ts'
import { elementNames, toElements } from '../elements.ts'
import type { RuleRun } from '../rule-run.ts'
import { originLabels, sourceLabels, withLabels } from './labels.ts'
import { findSource, listSources, readListedKind, sourceNotFound } from './sources.ts'
import { readTarget, targetOf, targetText, textOf, type Target } from './target.ts'

/** The objects that a rule makes for a trigger. */
export type Generator = (run: RuleRun) => readonly JsonObject[]

/** Prepares the `generate` section of a rule. */
export function compileGenerator(spec: JsonObject, policyNamespace: string): Generator {
  const { foreach, synchronize: _synchronize, ...pattern } = spec
  const entries = isJsonArray(foreach) ? foreach.filter((entry) => isJsonObject(entry)) : []
  const single = entries.length === 0 ? compileTemplate(pattern) : undefined
  const compiled = entries.map((entry) => compileEntry(entry, policyNamespace))
  return (run) => {
    const made = new Map<string, JsonObject>()
    if (single) make(single, run, made)
    for (const [index, entry] of compiled.entries()) prefixErrors(`failed to process ${index} foreach in rule ${run.fields.rule.name}`, () => makeElements(entry, run, made))
    return [...made.values()]
  }
}

interface CompiledEntry {
  readonly list: string
  readonly context: readonly DeferredEntry[]
  readonly preconditions: PreparedConditions
  readonly pattern: Template
}

function compileEntry(entry: JsonObject, policyNamespace: string): CompiledEntry {
  const { list, context: _context, preconditions, ...pattern } = entry
  return {
    list: textOf(list), context: compileEntries(parseContext(entry), { policyNamespace }), preconditions: prepareConditions(preconditions),
    pattern: compileTemplate(pattern),
  }
}

/** One element that fails does not keep the others from being made; its error is reported after them. */
function makeElements({ list, context, preconditions, pattern }: CompiledEntry, run: RuleRun, made: Map<string, JsonObject>): void {
  let firstError: EvaluationError | undefined
  for (const [index, element] of toElements(run.scope.query(list)).entries()) {
    if (element === null) continue
    const inner = run.inElement(run.scope.extend(elementNames(run, toFloat64(element), index), context), undefined)
    const result = attempt(() => {
      if (preconditions.evaluate(inner).holds) make(pattern, inner, made)
    })
    firstError ??= result.error
  }
  if (firstError) throw firstError
}

function make(template: Template, run: RuleRun, made: Map<string, JsonObject>): void {
  const pattern = toPlain(template.evaluate(run)) as JsonObject
  const target = readTarget(pattern)
  for (const [place, content] of contents(pattern, target, run)) {
    const key = targetText(place)
    // What exists already is not made; of the trigger itself Kyverno never makes another.
    if (key !== triggerKey(run)) made.set(key, finish(content, place, run))
  }
}

function triggerKey({ fields }: RuleRun): string | undefined {
  return fields.state.current && targetText(targetOf(fields.state.current.resource.object))
}

type Content = readonly [place: Target, content: JsonObject]

function contents(pattern: JsonObject, target: Target, run: RuleRun): readonly Content[] {
  const clone = isJsonObject(pattern['clone']) ? pattern['clone'] : {}
  if (textOf(clone['name']) !== '') return cloneOne(run, { ...target, namespace: textOf(clone['namespace']), name: textOf(clone['name']) }, target)
  const list = isJsonObject(pattern['cloneList']) ? pattern['cloneList'] : {}
  if (isJsonArray(list['kinds']) && list['kinds'].length > 0) return cloneAll(run, list, target.namespace)
  return isJsonObject(pattern['data']) ? [[target, pattern['data']]] : []
}

function cloneOne(run: RuleRun, source: Target, target: Target): readonly Content[] {
  if (source.namespace === target.namespace && source.name === target.name) return []
  const object = findSource(run, source)
  if (object === undefined) throw sourceNotFound(target)
  return [[target, copy(object, target.namespace)]]
}

function cloneAll(run: RuleRun, list: JsonObject, namespace: string): readonly Content[] {
  const selector = parseLabelSelector(isJsonObject(list['selector']) ? list['selector'] : undefined)
  const selects = selector === undefined ? () => true : compileSelector(selector)
  return (list['kinds'] as readonly JsonValue[]).flatMap((kind) => {
    const sources = listSources(run, { ...readListedKind(textOf(kind)), namespace: textOf(list['namespace']) })
    return sources.filter((object) => selects(labelsOf(object)) && targetOf(object).namespace !== namespace)
      .map((object): Content => [{ ...targetOf(object), namespace }, copy(object, namespace)])
  })
}

function labelsOf(object: JsonObject): Labels {
  const metadata = isJsonObject(object['metadata']) ? object['metadata'] : {}
  return isJsonObject(metadata['labels']) ? metadata['labels'] as Labels : {}
}

/** What only the original may have. */
const ownFields: ReadonlySet<string> = new Set(['uid', 'selfLink', 'creationTimestamp', 'managedFields', 'resourceVersion'])

function copy(source: JsonObject, namespace: string): JsonObject {
  const marked = withLabels(source, sourceLabels(source))
  const isElsewhere = targetOf(source).namespace !== namespace
  const metadata = Object.entries(marked['metadata'] as JsonObject).filter(([key]) => !ownFields.has(key) && !(isElsewhere && key === 'ownerReferences'))
  return { ...marked, metadata: Object.fromEntries(metadata) }
}

/** Puts name, place and origin over the content. */
function finish(content: JsonObject, { apiVersion, kind, namespace, name }: Target, run: RuleRun): JsonObject {
  const { policy, rule, state } = run.fields
  const { name: _name, namespace: _namespace, ...metadata } = isJsonObject(content['metadata']) ? content['metadata'] : {}
  const object: JsonObject = {
    ...content, apiVersion, kind: textOf(content['kind']) || kind,
    metadata: { ...metadata, ...(name === '' ? {} : { name }), ...(namespace === '' ? {} : { namespace }) },
  }
  return withLabels(object, originLabels(policy, rule.name, state.current?.resource.object ?? {}))
}
