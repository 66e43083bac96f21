import { isMap, isScalar, isSeq, parseAllDocuments, Scalar, type Document, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml'
import { formatYaml } from '../manifest/index.ts'
import type { JsonValue } from '../model/json.ts'
import type { Resource } from '../model/resource.ts'
import type { JsonPatchOperation } from '../model/result.ts'
import { decodePointerPart } from '../patch/json-pointer.ts'
import { stringifyJson } from '../values/json-text.ts'

/**
 * Changes a resource in the text of its file. Only the lines that have to change do: comments, order and style of all others stay.
 * Undefined where the text does not hold the resource as it is, or cannot be changed in this way.
 */
export function patchManifest(text: string, resource: Resource, changes: readonly JsonPatchOperation[]): string | undefined {
  let current: string | undefined = text
  for (const change of changes) if (current !== undefined) current = applyChange(current, resource, change)
  return current
}

function applyChange(text: string, resource: Resource, { op, path, value }: JsonPatchOperation): string | undefined {
  const document = findDocument(text, resource)
  const keys = path.split('/').slice(1).map(decodePointerPart)
  const last = keys.at(-1)
  if (document === undefined || last === undefined || (op !== 'add' && op !== 'replace' && op !== 'remove')) return undefined
  const edit: Edit = { text, document, keys, last, value: op === 'remove' ? undefined : value ?? null }
  return editFlow(edit) ?? (op === 'add' ? addTo(edit) : changeIn(edit))
}

interface Edit {
  readonly text: string
  readonly document: Document.Parsed
  readonly keys: readonly string[]
  readonly last: string
  /** Undefined where something is removed. */
  readonly value: JsonValue | undefined
}

function findDocument(text: string, { id }: Resource): Document.Parsed | undefined {
  const documents = parseAllDocuments(text)
  if (!Array.isArray(documents) || documents.some((one) => one.errors.length > 0)) return undefined
  const found = (documents as readonly Document.Parsed[]).filter((one) => {
    const namespace = isMap(one.contents) ? one.getIn(['metadata', 'namespace']) : undefined
    return isMap(one.contents) && one.get('kind') as unknown === id.kind && one.getIn(['metadata', 'name']) === id.name && (namespace === undefined || namespace === id.namespace)
  })
  return found.length === 1 ? found[0] : undefined
}

/** What stands in brackets is written anew as a whole. */
function editFlow({ text, document, keys, value }: Edit): string | undefined {
  for (let depth = 0; depth < keys.length; depth++) {
    const node = document.getIn(keys.slice(0, depth), true)
    if ((!isMap(node) && !isSeq(node)) || node.flow !== true) continue
    const rest = keys.slice(depth)
    const inner = rest.slice(0, -1)
    const parent = inner.length === 0 ? node : node.getIn(inner, true)
    if (isSeq(parent) && value !== undefined && rest.at(-1) === String(parent.items.length)) parent.add(document.createNode(value))
    else if (value === undefined) node.deleteIn(rest)
    else node.setIn(rest, document.createNode(value))
    const [start, end] = rangeOf(node)
    return text.slice(0, start) + formatFlow(node.toJSON() as JsonValue) + text.slice(end)
  }
  return undefined
}

/** `{app: web, ports: [80]}`. */
function formatFlow(value: JsonValue): string {
  if (Array.isArray(value)) return `[${(value as readonly JsonValue[]).map(formatFlow).join(', ')}]`
  if (typeof value === 'object' && value !== null) return `{${Object.entries(value).map(([key, entry]) => `${formatScalar(key)}: ${formatFlow(entry)}`).join(', ')}}`
  return formatScalar(value)
}

function formatScalar(value: JsonValue): string {
  const plain = formatYaml(value).trimEnd()
  return /[\n,[\]{}#]|: /.test(plain) && !plain.startsWith('"') ? stringifyJson(value) : plain
}

function addTo(edit: Edit): string | undefined {
  const { text, document, keys, last, value = null } = edit
  const parent = keys.length === 1 ? document.contents : document.getIn(keys.slice(0, -1), true)
  if (isMap(parent) && parent.items.length > 0) {
    const known = findPair(parent, last)
    if (known !== undefined) return changeIn(edit)
    const column = columnOf(text, rangeOf(parent.items[0]?.key)[0])
    return insert(text, endOfLines(text, parent), indentLines(formatYaml({ [last]: value }), column))
  }
  if (!isSeq(parent) || parent.items.length === 0) return undefined
  const dash = dashOf(text, parent, 0)
  const index = Number(last)
  const at = index < parent.items.length ? lineStart(text, dashOf(text, parent, index)) : endOfLines(text, parent)
  return insert(text, at, indentLines(formatYaml([value]), columnOf(text, dash)))
}

function changeIn(edit: Edit): string | undefined {
  const { document, keys } = edit
  const parent = keys.length === 1 ? document.contents : document.getIn(keys.slice(0, -1), true)
  return replaceScalar(edit) ?? (isMap(parent) ? changeInMap(edit, parent) : isSeq(parent) ? changeInList(edit, parent) : undefined)
}

function replaceScalar({ text, document, keys, value }: Edit): string | undefined {
  const node = document.getIn(keys, true) as Node | undefined
  if (value === undefined || (typeof value === 'object' && value !== null) || !isScalar(node) || node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED) return undefined
  const [start, end] = rangeOf(node)
  const quoted = node.type === Scalar.QUOTE_DOUBLE && typeof value === 'string'
  return text.slice(0, start) + (quoted ? stringifyJson(value) : formatScalar(value)) + text.slice(end)
}

function changeInMap({ text, last, value }: Edit, parent: YAMLMap): string | undefined {
  const pair = findPair(parent, last)
  if (pair === undefined) return undefined
  const start = rangeOf(pair.key)[0]
  const lines = value === undefined ? '' : indentLines(formatYaml({ [last]: value }), columnOf(text, start))
  return replaceLines(text, { start, end: endOfLine(text, Math.max(rangeOf(pair.key)[1], rangeOf(pair.value)[1])), lines })
}

function changeInList({ text, last, value }: Edit, parent: YAMLSeq): string | undefined {
  const start = dashOf(text, parent, Number(last))
  const lines = value === undefined ? '' : indentLines(formatYaml([value]), columnOf(text, start))
  return replaceLines(text, { start, end: endOfLine(text, rangeOf(parent.items[Number(last)])[1]), lines })
}

/** Whole lines are replaced; where something stands before on the first one (`- name: x`), there is no such thing. */
function replaceLines(text: string, { start, end, lines }: { readonly start: number; readonly end: number; readonly lines: string }): string | undefined {
  const from = lineStart(text, start)
  return text.slice(from, start).trim() === '' ? text.slice(0, from) + lines + text.slice(end) : undefined
}

function insert(text: string, at: number, lines: string): string {
  const before = text.slice(0, at)
  return `${before === '' || before.endsWith('\n') ? before : `${before}\n`}${lines}${text.slice(at)}`
}

function indentLines(yaml: string, column: number): string {
  return yaml.trimEnd().split('\n').map((line) => `${line === '' ? '' : ' '.repeat(column)}${line}\n`).join('')
}

function findPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key)
}

function rangeOf(node: unknown): readonly [number, number] {
  const range = (node as { readonly range?: readonly [number, number, number] | null } | null | undefined)?.range
  return [range?.[0] ?? 0, range?.[1] ?? 0]
}

function dashOf(text: string, list: YAMLSeq, index: number): number {
  return text.lastIndexOf('-', rangeOf(list.items[index])[0] - 1)
}

/** The start of the line behind a collection's last line. */
function endOfLines(text: string, node: Node): number {
  return endOfLine(text, rangeOf(node)[1])
}

function endOfLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1
}

function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset)
}
