// Kyverno: pkg/engine/variables/vars.go (substituteReferences)
import { EvaluationError } from '../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonValue } from '../../model/json.ts'
import { findReferences, unescapeReferences } from '../../policy/index.ts'
import { childPath } from './document-path.ts'
import { walkDocument } from './walk-document.ts'

const range = /^[-|+]?\d+(?:\.\d+)?[A-Za-z]*(!?-)[-|+]?\d+(?:\.\d+)?[A-Za-z]*$/
const anchored = /^[+<=X^]?\((.+)\)$/

/** Replaces every `$(path)` in the strings and keys of a document by the value that the document itself has there. */
export function substituteReferences(document: JsonValue): JsonValue {
  return mentionsReference(document) ? walkDocument(document, '', (text, path) => resolveText(document, text, path)) : document
}

function mentionsReference(value: JsonValue): boolean {
  if (typeof value === 'string') return value.includes('$(')
  if (isJsonArray(value)) return value.some(mentionsReference)
  return isJsonObject(value) && Object.keys(value).some((key) => key.includes('$(') || mentionsReference(value[key] ?? null))
}

function resolveText(document: JsonValue, text: string, path: string): string {
  let [result, end] = ['', 0]
  for (const { text: reference, start } of findReferences(text)) {
    const resolved = resolveReference(document, reference, path)
    if (resolved === undefined || resolved === null) throw unresolved(`got nil resolved variable ${reference} at path ${path}: <nil>`)
    if (typeof resolved !== 'string') throw unresolved(`NotResolvedReferenceErr,reference ${reference} not resolved at path ${path}`)
    result += text.slice(end, start) + resolved
    end = start + reference.length
  }
  return unescapeReferences(result + text.slice(end))
}

function resolveReference(document: JsonValue, reference: string, path: string): JsonValue | undefined {
  const content = reference.replace(/^[$()]+/, '').replace(/[$()]+$/, '')
  const operator = readOperator(content)
  const target = content.slice(operator.length)
  if (target === '') throw unresolved(`failed to resolve ${reference} at path ${path}: expected path, found empty reference`)
  const value = findValue(document, target.startsWith('/') ? target : joinPath(path, target))
  if (operator === '') return value
  const text = toOperand(value)
  if (text === undefined) {
    throw unresolved(`failed to resolve ${reference} at path ${path}: incorrect expression: operator ${operator} does not match with value ${String(value ?? '<nil>')}`)
  }
  return operator + text
}

function readOperator(text: string): string {
  if (text.length < 2) return ''
  return ['>=', '<=', '>', '<', '!'].find((operator) => text.startsWith(operator)) ?? range.exec(text)?.[1] ?? ''
}

function toOperand(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value
  if (typeof value === 'bigint') return value.toString()
  return typeof value === 'number' ? value.toFixed(6) : undefined
}

/** Compares every leaf's path without anchors. Keys are leaves of their map's path, so a map's path finds its last key. */
function findValue(document: JsonValue, wanted: string): JsonValue | undefined {
  let found: JsonValue | undefined
  const visit = (value: JsonValue, path: string): void => {
    const here = withoutAnchors(path) === wanted
    if (isJsonArray(value)) value.forEach((item, index) => visit(item, childPath(path, index)))
    else if (isJsonObject(value)) {
      for (const key of Object.keys(value)) {
        if (here) found = key
        visit(value[key] ?? null, childPath(path, key))
      }
    } else if (here) found = value
  }
  visit(document, '')
  return found
}

function withoutAnchors(path: string): string {
  if (path === '') return ''
  const parts = path.slice(1).split('/').map((part) => anchored.exec(part.trim())?.[1] ?? part)
  return joinPath('/', parts.filter((part) => part !== '').join('/'))
}

/** Go's path.Join of two parts. */
function joinPath(base: string, relative: string): string {
  const absolute = base.startsWith('/')
  const parts: string[] = []
  for (const part of `${base}/${relative}`.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length > 0 && parts.at(-1) !== '..') parts.pop()
    else if (!absolute) parts.push('..')
  }
  const joined = parts.join('/')
  return absolute ? `/${joined}` : joined
}

function unresolved(message: string): EvaluationError {
  return new EvaluationError('UNRESOLVED_VARIABLE', message)
}
