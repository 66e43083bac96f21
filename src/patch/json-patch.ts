// Counterpart: evanphx/json-patch v5, patch.go, called as in Kyverno pkg/engine/mutate/patch/patchJSON6902.go
import { EvaluationError } from '../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../model/json.ts'
import { deepEquals } from '../values/equality.ts'
import { goJsonText } from '../values/json-text.ts'
import { decodePointerPart, parseIndex } from './json-pointer.ts'
import { AccessError, LazyValue, openContainer, OpenList, type PatchContainer, type Slot } from './patch-document.ts'
import { ownValue } from './set-key.ts'

/** How strictly paths are taken. Kyverno's mutate rules allow both; the API server's JSON patches neither. */
export interface JsonPatchOptions {
  /** `remove` of a path that is not there does nothing. */
  readonly allowMissingPathOnRemove: boolean
  /** `add` creates the objects and lists on its path. */
  readonly ensurePathExistsOnAdd: boolean
  /** A `test` that fails leaves the document as it was, as for the API server; otherwise it is an error. */
  readonly keepsDocumentOnFailedTest?: boolean
  /** Errors in the words of version 4 of the Go library, which mutations in CEL are applied with. */
  readonly wordsOf4?: boolean
}

/** A `test` operation found something else. */
class FailedTest extends AccessError {}

const kyvernoOptions: JsonPatchOptions = { allowMissingPathOnRemove: true, ensurePathExistsOnAdd: true }

/** `copy` may double a document with each operation; this is the most that all copies of a patch may hold together. */
const maxCopiedValues = 1_000_000

/** Applies a JSON patch (RFC 6902 with Kyverno's liberties) to a document; `patch` is its parsed text. Unchanged parts stay shared. Errors are in the Go library's words. */
export function applyJsonPatch(document: JsonValue, patch: JsonValue, options: JsonPatchOptions = kyvernoOptions): JsonValue {
  const operations = readJsonPatch(patch, options.wordsOf4)
  const root = openContainer(document, new LazyValue(document))
  if (root === undefined) throw invalid('only an object or a list can be patched')
  const application = new Application(root, options)
  try {
    for (const operation of operations) application.apply(operation)
  } catch (error) {
    if (error instanceof FailedTest) return document
    throw error
  }
  return application.root.toJson()
}

/** One operation, as it is written. */
export interface WrittenOperation {
  readonly op: string
  readonly path: string
  readonly from: string
  /** Undefined where a `test` has none. */
  readonly value: JsonValue | undefined
}

function invalid(message: string): EvaluationError {
  return new EvaluationError('INVALID_PATCH', message)
}

/** Reads the operations of a patch. Throws INVALID_PATCH where one of them cannot be meant. */
export function readJsonPatch(patch: JsonValue, wordsOf4 = false): readonly WrittenOperation[] {
  if (patch === null) return []
  if (!isJsonArray(patch)) throw invalid(`failed to decode patches: json: cannot unmarshal ${kindOf(patch)} into Go value of type jsonpatch.Patch`)
  return patch.map((item, index) => readOperation(item, { number: index + 1, wordsOf4 }))
}

function readOperation(item: JsonValue, { number, wordsOf4 }: { readonly number: number; readonly wordsOf4: boolean }): WrittenOperation {
  if (!isJsonObject(item)) throw invalid(`operation ${number}: must be an object`)
  const refuse = (words: string): EvaluationError => invalid(`failed to decode patches: invalid operation ${goJsonText(item)}: ${words}`)
  const op = ownValue(item, 'op')
  switch (op) {
    case 'add': case 'replace':
      if (!Object.hasOwn(item, 'value')) throw refuse("failed to decode 'value': operation, missing value field: missing value")
      break
    case 'move': case 'copy':
      if (typeof ownValue(item, 'from') !== 'string') throw refuse("failed to decode 'from': operation, missing from field: missing value")
      break
    case 'remove': case 'test': break
    default: throw wordsOf4 ? invalid(`Unexpected kind: ${textOf(item, 'op')}`) : refuse('unsupported operation')
  }
  const path = ownValue(item, 'path')
  if (typeof path !== 'string') throw refuse("failed to decode 'path': operation missing path field: missing value")
  return { op, path, from: textOf(item, 'from'), value: ownValue(item, 'value') }
}

function kindOf(value: JsonValue): string {
  if (typeof value === 'bigint') return 'number'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

function textOf(item: JsonObject, key: string): string {
  const value = ownValue(item, key)
  return typeof value === 'string' ? value : ''
}

interface Place {
  readonly container: PatchContainer
  readonly key: string
}

class Application {
  root: PatchContainer
  readonly #options: JsonPatchOptions
  #copied = 0

  constructor(root: PatchContainer, options: JsonPatchOptions) {
    this.root = root
    this.#options = options
  }

  apply(operation: WrittenOperation): void {
    try {
      this.#apply(operation)
    } catch (error) {
      if (error instanceof FailedTest && this.#options.keepsDocumentOnFailedTest === true) throw error
      if (error instanceof AccessError) throw invalid(this.#options.wordsOf4 === true ? error.message.replace('unable to remove', 'Unable to remove') : error.message)
      throw error
    }
  }

  #apply(operation: WrittenOperation): void {
    switch (operation.op) {
      case 'add': return this.#add(operation)
      case 'remove': return this.#remove(operation)
      case 'replace': return this.#replace(operation)
      case 'move': return this.#move(operation)
      case 'copy': return this.#copy(operation)
      default: return this.#test(operation)
    }
  }

  /** The container that a path ends in, and the last part of the path. Text before the first slash is ignored. */
  #find(path: string): Place | undefined {
    const parts = path.split('/')
    let container: PatchContainer | undefined = parts.length > 1 || path === '' ? this.root : undefined
    for (let index = 1; index < parts.length - 1 && container !== undefined; index++) {
      container = lookUp(container, decodePointerPart(parts[index] as string))?.open()
    }
    return container && { container, key: decodedKey(path) }
  }

  #require(path: string, words: string): Place {
    const place = this.#find(path)
    if (place === undefined) throw missing(words)
    return place
  }

  #add({ path, value }: WrittenOperation): void {
    if (path === '') return this.#replaceRoot(value as JsonValue)
    if (this.#options.ensurePathExistsOnAdd) this.#ensure(path.split('/').slice(1))
    const { container, key } = this.#require(path, `add operation does not apply: doc is missing path: "${path}"`)
    within(`error in add for path: '${path}'`, () => container.add(key, new LazyValue(value as JsonValue)))
  }

  #remove({ path }: WrittenOperation): void {
    const { allowMissingPathOnRemove } = this.#options
    const place = this.#find(path)
    if (place !== undefined) return within(`error in remove for path: '${path}'`, () => place.container.remove(place.key, allowMissingPathOnRemove))
    if (!allowMissingPathOnRemove) throw missing(`remove operation does not apply: doc is missing path: "${path}"`)
  }

  #replace({ path, value }: WrittenOperation): void {
    if (path === '') return this.#replaceRoot(value as JsonValue)
    const { container, key } = this.#require(path, `replace operation does not apply: doc is missing path: ${path}`)
    if (tryGet(container, key).error !== undefined) throw missing(`replace operation does not apply: doc is missing key: ${path}`)
    within(`error in remove for path: '${path}'`, () => container.set(key, new LazyValue(value as JsonValue)))
  }

  #replaceRoot(value: JsonValue): void {
    const root = openContainer(value, new LazyValue(value))
    if (root === undefined) throw invalid('the whole document can only be replaced by an object or a list')
    this.root = root
  }

  #move({ from, path }: WrittenOperation): void {
    if (from === '') throw invalid('unable to move entire document to another path: invalid state detected')
    const { container, key } = this.#require(from, `move operation does not apply: doc is missing from path: ${from}`)
    const slot = within(`error in move for path: '${key}'`, () => {
      // Version 4 notices only when it removes.
      const found = this.#options.wordsOf4 === true ? lookUp(container, key) : container.get(key)
      container.remove(key, this.#options.allowMissingPathOnRemove)
      return found
    })
    const target = this.#require(path, `move operation does not apply: doc is missing destination path: ${path}`)
    within(`error in move for path: '${path}'`, () => target.container.add(target.key, slot))
  }

  #copy({ from, path }: WrittenOperation): void {
    const source = this.#require(from, `copy operation does not apply: doc is missing from path: ${this.#options.wordsOf4 === true ? from : `"${from}"`}`)
    const slot = within(`error in copy for from: '${from}'`, () => source.container.get(source.key))
    const target = this.#require(path, `copy operation does not apply: doc is missing destination path: ${path}`)
    const copy = slot?.toJson()
    if (copy !== undefined) this.#copied += countValues(copy, maxCopiedValues - this.#copied)
    if (this.#copied >= maxCopiedValues) throw new EvaluationError('LIMIT_EXCEEDED', `the patch copies more than ${maxCopiedValues} values`)
    within('error while adding value during copy', () => target.container.add(target.key, copy === undefined ? undefined : new LazyValue(copy)))
  }

  #test({ path, value }: WrittenOperation): void {
    const failed = `testing value ${path} failed: test failed`
    if (path === '') {
      if (value !== undefined && deepEquals(this.root.toJson(), value)) return
      throw new FailedTest(failed)
    }
    const { container, key } = this.#require(path, `test operation does not apply: is missing path: ${path}`)
    const actual = within(`error in test for path: '${path}'`, () => readForTest(container, key))
    // A null that an operation wrote is not the null that a test looks for.
    const wantsNull = value === undefined || value === null
    if (actual === undefined ? !wantsNull : wantsNull || !deepEquals(actual.toJson(), value)) throw new FailedTest(failed)
  }

  /** Creates what is missing on the way to the last part: a list where the next part is an index or `-`, else an object. */
  #ensure(parts: readonly string[]): void {
    let container = this.root
    for (let index = 0; index < parts.length - 1; index++) {
      const part = parts[index] as string
      const found = lookUp(container, decodePointerPart(part))
      const next = found === undefined ? createMissing(container, part, parts[index + 1] as string) : found.open()
      if (next === undefined) throw new AccessError('invalid state detected')
      container = next
    }
  }
}

function decodedKey(path: string): string {
  return path === '' ? '' : decodePointerPart(path.slice(path.lastIndexOf('/') + 1))
}

function missing(words: string): AccessError {
  return new AccessError(`${words}: missing value`, true)
}

/** Puts words before those of a container. */
function within<T>(words: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    if (error instanceof AccessError) throw new AccessError(`${words}: ${error.message}`, error.missing)
    throw error
  }
}

/** What a container says of a key: its value, or why there is none. */
function tryGet(container: PatchContainer, key: string): { readonly slot: Slot; readonly error?: AccessError } {
  try {
    return { slot: container.get(key) }
  } catch (error) {
    if (error instanceof AccessError) return { slot: undefined, error }
    throw error
  }
}

/** Undefined for what is missing and for null. */
function lookUp(container: PatchContainer, key: string): Slot {
  return tryGet(container, key).slot
}

function readForTest(container: PatchContainer, key: string): Slot {
  const { slot, error } = tryGet(container, key)
  if (error !== undefined && !error.missing) throw error
  return slot
}

/** The new key is taken as written, escapes included: a quirk of ensurePathExists that then fails to find its own key. */
function createMissing(container: PatchContainer, part: string, next: string): PatchContainer | undefined {
  const at = parseIndex(part)
  if (container instanceof OpenList && at !== undefined) container.pad(at)
  const index = parseIndex(next)
  if (index !== undefined && index < -1) throw new AccessError(`Unable to ensure path for negative index other than -1: ${index}: invalid index referenced`)
  const created = new LazyValue(index !== undefined || next === '-' ? [] : {})
  const opened = created.open()
  if (opened instanceof OpenList) opened.pad(index ?? 0)
  try {
    container.add(part, created)
  } catch (error) {
    // Where it cannot be put (a name in a list), the operation itself fails to find its path.
    if (!(error instanceof AccessError)) throw error
  }
  return opened
}

function countValues(value: JsonValue, limit: number): number {
  let count = 0
  const pending: JsonValue[] = [value]
  for (let next = pending.pop(); next !== undefined && count < limit; next = pending.pop()) {
    count++
    if (typeof next === 'object' && next !== null) for (const item of Object.values(next) as JsonValue[]) pending.push(item)
  }
  return count
}
