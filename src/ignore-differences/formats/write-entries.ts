import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type Document, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import { isJsonObject, type JsonValue } from '../../model/json.ts'
import { deepEquals } from '../../values/equality.ts'
import type { IgnoreDifference } from '../argocd/ignore-normalizer.ts'
import type { PlannedEntry } from '../entries/compute-entries.ts'
import { formatEntries, ownMark } from './yaml-lines.ts'

/** An Application or ApplicationSet in a file, and the entries that it has. */
export interface WrittenApplication {
  readonly kind: 'Application' | 'ApplicationSet'
  readonly name: string
  readonly value: JsonValue
  /** Entries that people wrote. */
  readonly foreign: readonly IgnoreDifference[]
  /** Entries that presync wrote, known by their comment. */
  readonly own: readonly IgnoreDifference[]
}

export interface WriteOptions {
  /** Take out what presync wrote and nothing needs any more. */
  readonly prune: boolean
  /** Of several Applications in the file, the one of this name. */
  readonly name?: string | undefined
}

export interface WrittenEntries {
  readonly text: string
  /** Own entries that nothing needs any more: gone with `prune`, else still there. */
  readonly stale: readonly IgnoreDifference[]
}

/** The Applications of a file. */
export function readApplications(text: string): readonly WrittenApplication[] {
  return parse(text).flatMap((document) => {
    const found = toApplication(document)
    if (found === undefined) return []
    const items = listItems(found.spec, text)
    const toEntries = (own: boolean): readonly IgnoreDifference[] => items.filter((item) => item.own === own).map(({ entry }) => entry)
    return [{ kind: found.kind, name: found.name, value: document.toJS() as JsonValue, foreign: toEntries(false), own: toEntries(true) }]
  })
}

/**
 * Puts entries into the Application of a file. Only the lines of presync's own entries change: comments, order and style of everything else
 * stay, and writing the same again changes nothing. Undefined where the file has no such Application.
 */
export function writeEntries(text: string, entries: readonly PlannedEntry[], { prune, name }: WriteOptions): WrittenEntries | undefined {
  const applications = parse(text).map(toApplication).filter((found) => found !== undefined)
  const [chosen, second] = applications.filter((found) => name === undefined || found.name === name)
  if (chosen === undefined || second !== undefined) return undefined
  const items = listItems(chosen.spec, text)
  const stale = items.filter(({ own, entry }) => own && !entries.some((planned) => concernsSame(planned.entry, entry)))
  const kept = prune ? [] : stale.map(({ from, to }) => `${text.slice(from, to).trimEnd()}\n`)
  const render = (column: number): string => [...formatEntries(entries, column).map((line) => `${line}\n`), ...kept].join('')
  return { text: edit(text, { spec: chosen.spec, items, render }), stale: stale.map(({ entry }) => entry) }
}

interface Edit {
  readonly spec: YAMLMap
  readonly items: readonly ListItem[]
  /** presync's own items, at a column. */
  render(column: number): string
}

function edit(text: string, { spec, items, render }: Edit): string {
  const pair = findPair(spec, 'ignoreDifferences')
  const indent = startOf(spec.items[0]) - lineStart(text, startOf(spec.items[0]))
  const body = render(indent)
  if (pair === undefined) return body === '' ? text : appendKey(text, spec, `${' '.repeat(indent)}ignoreDifferences:\n${body}`)
  if (!isBlock(pair) || items.length === 0) return replaceFlow(text, pair, { indent, body, items })
  return body === '' && items.every(({ own }) => own) ? removeLines(text, pair) : spliceItems(text, items, render)
}

function appendKey(text: string, spec: YAMLMap, lines: string): string {
  const end = endOfMap(spec, text)
  return withLineBreak(text.slice(0, end)) + lines + text.slice(end)
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

type FoundPair = Pair & { readonly value: unknown }

interface FoundApplication {
  readonly kind: 'Application' | 'ApplicationSet'
  readonly name: string
  readonly spec: YAMLMap
}

function parse(text: string): readonly Document.Parsed[] {
  const documents = parseAllDocuments(text, { lineCounter: new LineCounter(), keepSourceTokens: true })
  return Array.isArray(documents) ? documents : []
}

function toApplication(document: Document.Parsed): FoundApplication | undefined {
  const root = document.contents
  if (!isMap(root) || document.errors.length > 0) return undefined
  const [kind, apiVersion] = [root.get('kind') as unknown, root.get('apiVersion') as unknown]
  if ((kind !== 'Application' && kind !== 'ApplicationSet') || !String(apiVersion).startsWith('argoproj.io/')) return undefined
  const spec = root.getIn(kind === 'Application' ? ['spec'] : ['spec', 'template', 'spec'], true)
  const name = root.getIn(['metadata', 'name'])
  return isMap(spec) && spec.items.length > 0 && spec.flow !== true ? { kind, name: typeof name === 'string' ? name : '', spec } : undefined
}

interface ListItem {
  readonly entry: IgnoreDifference
  readonly own: boolean
  /** The whole lines of the item, with the comments that stand before it. */
  readonly from: number
  readonly to: number
  readonly column: number
}

/** The items of `ignoreDifferences` with their lines. */
function listItems(spec: YAMLMap, text: string): readonly ListItem[] {
  const list = findPair(spec, 'ignoreDifferences')?.value
  if (!isSeq(list)) return []
  const end = list.flow === true ? 0 : endOfSequence(list, text)
  return list.items.flatMap((node, index): readonly ListItem[] => {
    const entry = (node as { toJSON(): JsonValue }).toJSON()
    if (!isJsonObject(entry) || typeof entry['kind'] !== 'string') return []
    if (list.flow === true) return [{ entry: entry as unknown as IgnoreDifference, own: false, from: 0, to: 0, column: 0 }]
    const dash = dashOf(list, index, text)
    const next = index + 1 < list.items.length ? commentStart(text, dashOf(list, index + 1, text)) : end
    const comment = commentStart(text, dash)
    const mark = text.slice(comment, dash).indexOf(ownMark)
    // A comment that somebody wrote above presync's own is theirs.
    const from = mark < 0 ? comment : lineStart(text, comment + mark)
    return [{ entry: entry as unknown as IgnoreDifference, own: mark >= 0, from, to: next, column: dash - lineStart(text, dash) }]
  })
}

function dashOf(list: YAMLSeq, index: number, text: string): number {
  const start = (list.items[index] as { range?: readonly [number, number, number] | null }).range?.[0] ?? 0
  return text.lastIndexOf('-', start - 1)
}

/** Comment lines straight above a line belong to it. */
function commentStart(text: string, offset: number): number {
  let start = lineStart(text, offset)
  while (start > 0) {
    const before = lineStart(text, start - 1)
    if (!text.slice(before, start).trimStart().startsWith('#')) break
    start = before
  }
  return start
}

/** The start of the line behind the last item. */
function endOfSequence(list: YAMLSeq, text: string): number {
  const last = list.items.at(-1) as { range?: readonly [number, number, number] | null } | undefined
  return endOfLine(text, last?.range?.[1] ?? list.range?.[1] ?? 0)
}

function endOfMap(map: YAMLMap, text: string): number {
  const last = map.items.at(-1)
  const value = last?.value as { range?: readonly [number, number, number] | null } | null | undefined
  return endOfLine(text, value?.range?.[1] ?? startOf(last))
}

function endOfLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}

function startOf(pair: Pair | undefined): number {
  const key = pair?.key as { range?: readonly [number, number, number] | null } | undefined
  return key?.range?.[0] ?? 0
}

function findPair(map: YAMLMap, key: string): FoundPair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key) as FoundPair | undefined
}

function isBlock(pair: FoundPair | undefined): boolean {
  return isSeq(pair?.value) && pair.value.flow !== true
}

/** Own items make way; the new ones stand where the first of them stood, or at the end. */
function spliceItems(text: string, items: readonly ListItem[], render: (column: number) => string): string {
  const own = items.filter((item) => item.own)
  const column = items[0]?.column ?? 2
  const place = own[0]?.from ?? items.at(-1)?.to ?? 0
  let result = ''
  let at = 0
  for (const { from, to } of own) {
    result += text.slice(at, from)
    if (from === place) result += render(column)
    at = to
  }
  if (own.length === 0) result = withLineBreak(text.slice(0, place)) + render(column)
  return result + text.slice(own.length === 0 ? place : at)
}

/** A list of which nothing is left goes with its key. */
function removeLines(text: string, pair: FoundPair): string {
  const value = pair.value as YAMLSeq
  const start = lineStart(text, startOf(pair))
  return text.slice(0, start) + text.slice(endOfSequence(value, text))
}

/** A list in brackets, or a key without a value, becomes a list of lines. */
function replaceFlow(text: string, pair: FoundPair, { indent, body, items }: { readonly indent: number; readonly body: string; readonly items: readonly ListItem[] }): string {
  const foreign = formatEntries(items.filter(({ own }) => !own).map(({ entry }) => ({ entry, reasons: [] })), indent)
  const lines = `${foreign.map((line) => `${line}\n`).join('')}${body}`
  if (lines === '' || (body === '' && foreign.length > 0)) return text
  const start = startOf(pair)
  const value = pair.value as { range?: readonly [number, number, number] | null } | null
  const end = endOfLine(text, value?.range?.[1] ?? start)
  return `${text.slice(0, start)}ignoreDifferences:\n${lines}${text.slice(end)}`
}

function withLineBreak(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`
}

/** Entries about the same resources: the newer one takes the place of the older. */
function concernsSame(left: IgnoreDifference, right: IgnoreDifference): boolean {
  const identity = ({ group = '', kind, name = '', namespace = '' }: IgnoreDifference): JsonValue => [group, kind, name, namespace]
  return deepEquals(identity(left), identity(right))
}

