import { isCollection, isMap, parseAllDocuments, type Document } from 'yaml'
import type { Resource } from '../model/resource.ts'
import type { JsonPatchOperation } from '../model/result.ts'
import { decodePointerPart } from '../patch/json-pointer.ts'

/** Changes a resource in the text of its file, comments and order kept; undefined where the text does not hold it as it is. */
export function patchManifest(text: string, { id }: Resource, changes: readonly JsonPatchOperation[]): string | undefined {
  const documents = parseAllDocuments(text, { keepSourceTokens: true })
  if (!Array.isArray(documents)) return undefined
  const document = (documents as readonly Document.Parsed[]).find((one) => isMap(one.contents) && one.get('kind') === id.kind && one.getIn(['metadata', 'name']) === id.name)
  if (document === undefined || documents.some((one) => one.errors.length > 0)) return undefined
  for (const change of changes) if (!apply(document, change)) return undefined
  const [start, , end] = document.range
  const printed = document.toString({ lineWidth: 0, ...(indentsLists(text) ? {} : { indentSeq: false }) })
  const body = text.slice(start, end)
  return text.slice(0, start) + (body.endsWith('\n') ? printed : printed.replace(/\n$/, '')) + text.slice(end)
}

function apply(document: Document.Parsed, { op, path, value }: JsonPatchOperation): boolean {
  const keys = path.split('/').slice(1).map(decodePointerPart)
  const parent = keys.length < 2 ? document.contents : document.getIn(keys.slice(0, -1), true)
  const last = keys.at(-1)
  if (last === undefined || !isCollection(parent)) return false
  if (op === 'remove') return document.deleteIn(keys)
  if (op !== 'add' && op !== 'replace') return false
  const node = document.createNode(value)
  if (isMap(parent)) parent.set(last, node)
  else if (op === 'replace') parent.set(Number(last), node)
  else (parent as unknown as { readonly items: unknown[] }).items.splice(Number(last), 0, node)
  return true
}

/** Whether the file indents lists below their key. */
function indentsLists(text: string): boolean {
  const match = /^( *)[\w"'./-]+:[ \t]*(?:#.*)?\n( *)- /m.exec(text)
  return match === null || (match[2]?.length ?? 0) > (match[1]?.length ?? 0)
}
