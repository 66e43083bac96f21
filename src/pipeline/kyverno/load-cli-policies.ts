// Kyverno: cmd/cli/kubectl-kyverno/policy/load.go, pkg/cli/loader
import { join } from 'node:path'
import { kindOf, readFolder } from '../../io/files.ts'
import { schemaFor } from '../../kubernetes/schema/schema-catalog.ts'
import { validateObject } from '../../kubernetes/schema/validate-object.ts'
import { toResourceId } from '../../manifest/index.ts'
import { KnownError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import type { FieldPath, SourceLocation } from '../../model/source.ts'
import { isPolicyDocument, parsePolicies, type PolicySource } from '../../policy/index.ts'
import { emptyPolicySet, mergePolicySets, type PolicySet } from '../policy-set.ts'
import { InputError, readDocuments, withPlace } from './read-documents.ts'
import type { ReadText } from './read-resources.ts'

/** Policies, and the documents that could not be read beside them. */
export interface CliPolicies {
  readonly set: PolicySet
  /** Policies with rules that Kyverno's own validation refuses, by name, with the reason: they are read and then left out. */
  readonly invalid: ReadonlyMap<string, string>
  /** Documents that are passed over, with their place. */
  readonly passedOver: readonly string[]
}

/** The files of a path that may hold policies: of folders all YAML below that is not hidden. Other names are passed over without a word. */
export function listPolicyFiles(path: string): readonly string[] {
  switch (kindOf(path)) {
    case undefined: throw new InputError(`failed to load policies: ${path} does not exist`)
    case 'folder': return [...walk(path)]
    default: return /\.ya?ml$/.test(path) ? [path] : []
  }
}

function* walk(folder: string): Generator<string> {
  for (const entry of readFolder(folder)) {
    if (entry.name.startsWith('.')) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(path)
    else if (/\.ya?ml$/.test(entry.name)) yield path
  }
}

/** Reads policy files as `kyverno test` does: an unknown field, or a document that is neither policy nor foreign to Kubernetes, throws. */
export function loadCliPolicies(paths: readonly string[], readText: ReadText): CliPolicies {
  const files = paths.flatMap(listPolicyFiles).map((path) => {
    const { text, name } = readText(path)
    return readPolicyText(text, name)
  })
  return {
    set: mergePolicySets(files.map(({ set }) => set)),
    invalid: new Map(files.flatMap(({ invalid }) => [...invalid])),
    passedOver: files.flatMap(({ passedOver }) => passedOver),
  }
}

/** Reads one file of policies. */
export function readPolicyText(text: string, name: string): CliPolicies {
  const passedOver: string[] = []
  const sources: PolicySource[] = []
  for (const { value, source, locate } of readDocuments(text, name)) {
    const place = `${source.file}:${source.line}`
    if (!isJsonObject(value) || typeof value['kind'] !== 'string' || typeof value['apiVersion'] !== 'string') passedOver.push(`${place}: not a Kubernetes object`)
    else sources.push(...takeApart(value, source, locate))
  }
  const { policies, foreign } = separate(sources)
  return { ...sortOut(policies), passedOver: [...passedOver, ...foreign] }
}

/** The commands' own kinds, which the command line knows as well as those of policies. */
const ownGroup = 'cli.kyverno.io'

/** A document that is a good resource ends the loading; one that is none, or of a kind that the command line does not know, is passed over. */
function separate(sources: readonly PolicySource[]): { readonly policies: readonly PolicySource[]; readonly foreign: readonly string[] } {
  const foreign: string[] = []
  const policies = sources.filter((source) => {
    if (isPolicyDocument(source)) return true
    const { group, version, kind } = toResourceId(source.object)
    const schema = schemaFor(group, version, kind, '1.32')
    const violations = schema === undefined ? [] : validateObject(schema, source.object)
    const unknown = violations.find(({ code }) => code === 'UNKNOWN_FIELD')
    const place = source.source === undefined ? '' : `${source.source.file}:${source.source.line}: `
    if (unknown !== undefined) throw new InputError(`${place}${unknown.message}`)
    if (group === ownGroup || (schema !== undefined && !schema.custom && violations.length === 0)) throw new UnsupportedKindError(source)
    foreign.push(`${place}${violations[0]?.message ?? `${kind} is no kind that the command line knows`}`)
    return false
  })
  return { policies, foreign }
}

/** A `List` of policies counts as its items. */
function takeApart(object: JsonObject, source: SourceLocation, locate: (path: FieldPath) => SourceLocation): readonly PolicySource[] {
  const { items } = object as { readonly items?: JsonValue }
  if (object['kind'] === 'List' && isJsonArray(items)) {
    return items.filter(isJsonObject).map((item, index) => toSource(item, locate(['items', index]), (path) => locate(['items', index, ...path])))
  }
  return [toSource(object, source, locate)]
}

function toSource(object: JsonObject, source: SourceLocation, locate: (path: FieldPath) => SourceLocation): PolicySource {
  return { object, source, locate }
}

/** What the schema of a policy refuses is no policy to Kyverno's loader; what only its validation refuses is read, and then skipped. */
const refusedBySchema: ReadonlySet<string> = new Set(['WRONG_TYPE', 'MISSING_FIELD', 'INVALID_VALUE', 'UNKNOWN_KIND', 'UNKNOWN_VERSION'])

function sortOut(sources: readonly PolicySource[]): { readonly set: PolicySet; readonly invalid: ReadonlyMap<string, string> } {
  const sets: PolicySet[] = []
  const invalid = new Map<string, string>()
  for (const source of sources) {
    const parsed = parsePolicies([source])
    const error = parsed.problems.find(({ severity }) => severity === 'error')
    const unknown = parsed.problems.find(({ code, severity }) => code === 'UNKNOWN_FIELD' && severity === 'error')
    if (unknown !== undefined) throw new InputError(withPlace(unknown))
    if (error !== undefined && isRulePolicy(source) && !refusedBySchema.has(error.code)) invalid.set(error.policy ?? '', withPlace(error))
    sets.push(parsed)
  }
  return { set: sets.length === 0 ? emptyPolicySet : mergePolicySets(sets), invalid }
}

function isRulePolicy({ object }: PolicySource): boolean {
  return object['kind'] === 'ClusterPolicy' || object['kind'] === 'Policy'
}

/** A resource among policies: Kyverno gives up on the whole argument. */
export class UnsupportedKindError extends KnownError<'INVALID_INPUT'> {
  constructor({ object, source }: Pick<PolicySource, 'object' | 'source'>) {
    super('INVALID_INPUT', `policy type not supported: ${String(object['apiVersion'])}, Kind=${String(object['kind'])}${source ? ` (${source.file}:${source.line})` : ''}`)
  }
}
