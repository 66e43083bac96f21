// From tokens to JSON values: the grammar of libyaml (Go's parserc.go) and the rules of sigs.k8s.io/yaml for turning YAML into JSON.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { AliasBudget } from './alias-budget.ts'
import { MappingBuilder, type DuplicateKey } from './mapping-builder.ts'
import { resolvePlainScalar, resolveTaggedScalar, ScalarTypeError, toKey, type ResolvedScalar } from './resolve-scalar.ts'
import { Scanner } from './scanner.ts'
import { tokenType, type Token, type TokenType } from './token.ts'
import { YamlError } from './yaml-error.ts'
import type { YamlMark } from './yaml-mark.ts'

/** How a document is limited and whether the places of its nodes are wanted. */
export interface ComposeOptions {
  readonly marks: boolean
  readonly maxDepth: number
}

/** What parents, merges and aliases need to know about a node besides its value. */
interface NodeFacts {
  kind: 'scalar' | 'sequence' | 'mapping'
  /** Of a scalar: its type, which decides how it is written as a key. */
  scalar: ResolvedScalar
  isMergeKey: boolean
  isAlias: boolean
  mark: YamlMark | undefined
}

interface Anchor extends NodeFacts {
  value: JsonValue
  /** How many nodes it stands for; undefined while it is being composed. */
  size: number | undefined
}

const noFacts: NodeFacts = { kind: 'scalar', scalar: null, isMergeKey: false, isAlias: false, mark: undefined }
const mergeTag = 'tag:yaml.org,2002:merge'

/** Composes the first document of a text, in one pass and without a tree of nodes between tokens and values. */
export class Composer {
  readonly duplicates: DuplicateKey[] = []
  readonly #scanner: Scanner
  readonly #marks: boolean
  readonly #maxDepth: number
  readonly #anchors = new Map<string, Anchor>()
  readonly #handles = new Map<string, string>()
  readonly #budget = new AliasBudget()
  #depth = 0
  /** Facts about the node composed last. */
  #last = noFacts

  constructor(text: string, options: ComposeOptions) {
    this.#scanner = new Scanner(text)
    this.#marks = options.marks
    this.#maxDepth = options.maxDepth
  }

  /** The document's value; undefined for a text without any. */
  compose(): { value: JsonValue; mark: YamlMark | undefined } | undefined {
    const hasDirectives = this.#directives()
    const first = this.#scanner.peek()
    if (first.type === tokenType.documentStart) this.#scanner.skip()
    else if (hasDirectives) this.#fail("'---' must follow the directives")
    else if (first.type === tokenType.streamEnd) return undefined
    const next = this.#scanner.peek()
    const isEmpty = first.type === tokenType.documentStart && next.type <= tokenType.documentEnd
    const value = isEmpty ? this.#empty(next) : this.#value(true, false)
    const { mark } = this.#last
    // The document ends at the next token, whatever it is; only a broken token is an error.
    this.#scanner.peek()
    return { value, mark }
  }

  #fail(message: string, token: Token = this.#scanner.peek()): never {
    return this.#scanner.fail(message, token)
  }

  #take(): Token {
    const token = this.#scanner.peek()
    this.#scanner.skip()
    return token
  }

  /** Reads %YAML and %TAG lines. Returns whether there were any. */
  #directives(): boolean {
    let version: string | undefined
    let any = false
    for (;;) {
      const token = this.#scanner.peek()
      if (token.type === tokenType.versionDirective) {
        if (version !== undefined) this.#fail('%YAML is given twice')
        version = token.text
        if (!/^0?1\.0?1$/.test(version)) this.#fail(`Kubernetes reads YAML 1.1, not ${version}`)
      } else if (token.type === tokenType.tagDirective) {
        if (this.#handles.has(token.text)) this.#fail(`%TAG ${token.text} is given twice`)
        this.#handles.set(token.text, token.suffix)
      } else break
      any = true
      this.#scanner.skip()
    }
    if (!this.#handles.has('!')) this.#handles.set('!', '!')
    if (!this.#handles.has('!!')) this.#handles.set('!!', 'tag:yaml.org,2002:')
    return any
  }

  /** A node in the place of a value, where JSON has no infinity. */
  #value(block: boolean, indentless: boolean): JsonValue {
    const token = this.#scanner.peek()
    const value = this.#node(block, indentless)
    if (typeof value === 'number' && !Number.isFinite(value)) this.#fail(`${value} is not a value that JSON can hold; a text needs quotes`, token)
    return value
  }

  /** A node with its anchor and tag. `block`: block collections may start here; `indentless`: so may a list at its key's own indentation. */
  #node(block: boolean, indentless: boolean): JsonValue {
    const first = this.#scanner.peek()
    if (first.type === tokenType.scalar) {
      this.#scanner.skip()
      this.#budget.nodes++
      return this.#scalar(first.text, undefined, first.plain, first)
    }
    if (first.type === tokenType.alias) return this.#alias(first)
    let name = first.type === tokenType.anchor ? this.#take() : undefined
    const tag = this.#scanner.peek().type === tokenType.tag ? this.#tag(this.#take()) : undefined
    if (name === undefined && tag !== undefined && this.#scanner.peek().type === tokenType.anchor) name = this.#take()
    if (name === undefined) return this.#content(first, tag, block, indentless)
    const anchor: Anchor = { ...this.#last, value: null, size: undefined }
    this.#anchors.set(name.text, anchor)
    const before = this.#budget.nodes
    const value = this.#content(first, tag, block, indentless)
    Object.assign(anchor, this.#last, { value, size: this.#budget.nodes - before })
    return value
  }

  #alias(token: Token): JsonValue {
    const anchor = this.#anchors.get(token.text)
    if (anchor === undefined) return this.#fail(`there is no anchor &${token.text} before this alias`)
    if (anchor.size === undefined) return this.#fail(`the anchor &${token.text} contains itself`)
    this.#scanner.skip()
    this.#budget.nodes++
    this.#budget.chargeAlias(anchor.size, { line: token.line + 1, column: token.column + 1 })
    this.#last = { kind: anchor.kind, scalar: anchor.scalar, isMergeKey: false, isAlias: true, mark: anchor.mark }
    return anchor.value
  }

  #tag(token: Token): string {
    if (token.text === '') return token.suffix
    const prefix = this.#handles.get(token.text)
    return prefix === undefined ? this.#fail(`the tag's handle ${token.text} is not declared`, token) : prefix + token.suffix
  }

  #content(first: Token, tag: string | undefined, block: boolean, indentless: boolean): JsonValue {
    const token = this.#scanner.peek()
    this.#budget.nodes++
    if (token.type === tokenType.scalar) {
      this.#scanner.skip()
      return this.#scalar(token.text, tag, token.plain, first)
    }
    const compose = this.#collection(token.type, block, indentless)
    if (compose !== undefined) {
      if (++this.#depth > this.#maxDepth) {
        throw new YamlError('LIMIT_EXCEEDED', `nested deeper than ${this.#maxDepth} levels`, { line: token.line + 1, column: token.column + 1 })
      }
      const value = compose.call(this, first)
      this.#depth--
      return value
    }
    // An anchor or a tag with nothing behind it.
    if (first !== token) return this.#scalar('', tag, tag === undefined, first)
    return this.#fail(block ? 'a value is expected here' : "a value is expected here, inside '[…]' or '{…}'")
  }

  #collection(type: TokenType, block: boolean, indentless: boolean): ((first: Token) => JsonValue) | undefined {
    switch (type) {
      case tokenType.blockMappingStart: return block ? this.#blockMapping : undefined
      case tokenType.blockSequenceStart: return block ? this.#blockSequence : undefined
      case tokenType.blockEntry: return indentless ? this.#indentlessSequence : undefined
      case tokenType.flowMappingStart: return this.#flowMapping
      case tokenType.flowSequenceStart: return this.#flowSequence
      default: return undefined
    }
  }

  #scalar(text: string, tag: string | undefined, plain: boolean, place: Token): JsonValue {
    let scalar: ResolvedScalar
    try {
      scalar = tag === undefined ? (plain ? resolvePlainScalar(text) : text) : resolveTaggedScalar(tag, text)
    } catch (error) {
      if (error instanceof ScalarTypeError) return this.#fail(error.message, place)
      throw error
    }
    const isMergeKey = text === '<<' && ((plain && tag === undefined) || tag === '!' || tag === mergeTag)
    this.#last = { kind: 'scalar', scalar, isMergeKey, isAlias: false, mark: this.#mark(place) }
    return typeof scalar === 'object' && scalar !== null ? scalar.value : scalar
  }

  #empty(place: Token): JsonValue {
    this.#budget.nodes++
    this.#last = this.#marks ? { ...noFacts, mark: this.#mark(place) } : noFacts
    return null
  }

  #mark(token: Token): YamlMark | undefined {
    return this.#marks ? { line: token.line + 1, column: token.column + 1 } : undefined
  }

  #endMapping(first: Token, mapping: MappingBuilder): JsonValue {
    const mark = this.#mark(first)
    this.#last = { ...noFacts, kind: 'mapping', mark: mark && mapping.fields ? { ...mark, fields: mapping.fields } : undefined }
    return mapping.value
  }

  #endSequence(first: Token, items: JsonValue[], marks: readonly YamlMark[]): JsonValue {
    const mark = this.#mark(first)
    this.#last = { ...noFacts, kind: 'sequence', mark: mark && { ...mark, items: marks } }
    return items
  }

  #push(items: JsonValue[], marks: YamlMark[], value: JsonValue): void {
    items.push(value)
    if (this.#last.mark !== undefined) marks.push(this.#last.mark)
  }

  /** A key and its value, the KEY token taken. `end` is the token that closes the collection. */
  #pair(mapping: MappingBuilder, end: TokenType): void {
    const token = this.#scanner.peek()
    if (isStop(token.type, end)) this.#fail('a key is missing here (null cannot be a key)')
    const block = end === tokenType.blockEnd
    this.#node(block, block)
    this.#valueOfKey(mapping, end, token)
  }

  /** The value of the key composed last; null where there is none. */
  #valueOfKey(mapping: MappingBuilder, end: TokenType, keyToken: Token): void {
    const { kind, scalar, isMergeKey } = this.#last
    const key = kind === 'scalar' ? toKey(scalar) : undefined
    if (key === undefined) this.#fail(kind === 'scalar' ? 'null or a number beyond 64 bits cannot be a key' : `a ${kind} cannot be a key; a text needs quotes`, keyToken)
    const hasValue = this.#scanner.peek().type === tokenType.value
    if (hasValue) this.#scanner.skip()
    const next = this.#scanner.peek()
    const block = end === tokenType.blockEnd
    const value = !hasValue || isStop(next.type, end) ? this.#empty(next) : this.#value(block, block)
    if (isMergeKey) this.#merge(mapping, value, next)
    else mapping.set(key, value, keyToken, this.#last.mark)
  }

  #merge(mapping: MappingBuilder, value: JsonValue, place: Token): void {
    const { mark, isAlias } = this.#last
    if (isJsonObject(value)) mapping.merge(value, mark, place)
    else if (isJsonArray(value) && !isAlias && value.every(isJsonObject)) {
      // Backwards, because earlier ones take precedence.
      for (let index = value.length - 1; index >= 0; index--) mapping.merge(value[index] as JsonObject, mark?.items?.[index], place)
    } else this.#fail("'<<' needs a mapping, an alias of one, or a list of these", place)
  }

  #blockMapping(first: Token): JsonValue {
    const mapping = new MappingBuilder(this.duplicates, this.#marks)
    this.#scanner.skip()
    for (;;) {
      const token = this.#take()
      if (token.type === tokenType.blockEnd) return this.#endMapping(first, mapping)
      if (token.type !== tokenType.key) this.#fail('a key is expected here: look at the indentation of this line and the one before', token)
      this.#pair(mapping, tokenType.blockEnd)
    }
  }

  #blockSequence(first: Token): JsonValue {
    const items: JsonValue[] = []
    const marks: YamlMark[] = []
    this.#scanner.skip()
    for (;;) {
      const token = this.#take()
      if (token.type === tokenType.blockEnd) return this.#endSequence(first, items, marks)
      if (token.type !== tokenType.blockEntry) this.#fail("a list item ('- ') is expected here: look at the indentation of this line and the one before", token)
      const next = this.#scanner.peek()
      const isEmpty = next.type === tokenType.blockEntry || next.type === tokenType.blockEnd
      this.#push(items, marks, isEmpty ? this.#empty(token) : this.#value(true, false))
    }
  }

  /** A list whose items stand below their key without indentation; it ends with whatever is not an item. */
  #indentlessSequence(first: Token): JsonValue {
    const items: JsonValue[] = []
    const marks: YamlMark[] = []
    while (this.#scanner.peek().type === tokenType.blockEntry) {
      const token = this.#take()
      const next = this.#scanner.peek()
      const isEmpty = next.type === tokenType.blockEntry || isStop(next.type, tokenType.blockEnd)
      this.#push(items, marks, isEmpty ? this.#empty(token) : this.#value(true, false))
    }
    return this.#endSequence(first, items, marks)
  }

  #flowMapping(first: Token): JsonValue {
    const mapping = new MappingBuilder(this.duplicates, this.#marks)
    this.#scanner.skip()
    for (let count = 0; !this.#flowEnds(tokenType.flowMappingEnd, count); count++) {
      const token = this.#scanner.peek()
      if (token.type === tokenType.key) {
        this.#scanner.skip()
        this.#pair(mapping, tokenType.flowMappingEnd)
      } else {
        this.#node(false, false)
        this.#valueOfKey(mapping, tokenType.flowMappingEnd, token)
      }
    }
    return this.#endMapping(first, mapping)
  }

  #flowSequence(first: Token): JsonValue {
    const items: JsonValue[] = []
    const marks: YamlMark[] = []
    this.#scanner.skip()
    for (let count = 0; !this.#flowEnds(tokenType.flowSequenceEnd, count); count++) {
      const token = this.#scanner.peek()
      this.#push(items, marks, token.type === tokenType.key ? this.#singlePair(token) : this.#value(false, false))
    }
    return this.#endSequence(first, items, marks)
  }

  /** `[a: b]`: a mapping of one pair without braces. */
  #singlePair(token: Token): JsonValue {
    const mapping = new MappingBuilder(this.duplicates, this.#marks)
    this.#budget.nodes++
    this.#scanner.skip()
    this.#pair(mapping, tokenType.flowSequenceEnd)
    return this.#endMapping(token, mapping)
  }

  /** Passes the comma between entries, or the end. A comma before the end is allowed. */
  #flowEnds(end: TokenType, count: number): boolean {
    if (count > 0 && this.#scanner.peek().type !== end) {
      if (this.#scanner.peek().type !== tokenType.flowEntry) this.#fail(`',' or '${end === tokenType.flowMappingEnd ? '}' : ']'}' is expected here`)
      this.#scanner.skip()
    }
    if (this.#scanner.peek().type !== end) return false
    this.#scanner.skip()
    return true
  }
}

/** Whether a token that follows a key or a value indicator means that there is nothing in its place. */
function isStop(type: TokenType, end: TokenType): boolean {
  return type === end || type === tokenType.value || type === (end === tokenType.blockEnd ? tokenType.key : tokenType.flowEntry)
}
