// From tokens to JSON values: the grammar of libyaml (Go's parserc.go) and the rules of sigs.k8s.io/yaml for turning YAML into JSON.
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../model/json.ts'
import { AliasBudget } from './alias-budget.ts'
import { holdsInfinity } from './holds-infinity.ts'
import type { Anchor, NodeFacts } from './node-facts.ts'
import { MappingBuilder, type DuplicateKey } from './mapping-builder.ts'
import { readDirectives } from './read-directives.ts'
import { resolvePlainScalar, resolveTaggedScalar, ScalarTypeError, toKey, type ResolvedScalar } from './resolve-scalar.ts'
import { Scanner } from './scanner.ts'
import { tokenType, type Token, type TokenType } from './token.ts'
import { YamlError } from './yaml-error.ts'
import type { TextPlace } from './text-cursor.ts'
import type { YamlMark } from './yaml-mark.ts'

/** How a document is limited and whether the places of its nodes are wanted. */
export interface ComposeOptions {
  readonly marks: boolean
  readonly maxDepth: number
}

/** What may start in the place of a node: nothing but flow collections, block collections too, or also a list at its key's own indentation. */
const mode = { flow: 0, block: 1, blockValue: 2 } as const
type Mode = (typeof mode)[keyof typeof mode]

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
  /** Where the first number stands that JSON cannot hold. */
  #infinity: TextPlace | undefined
  /** Facts about the node composed last. */
  readonly #last: NodeFacts = { kind: 'scalar', scalar: null, isMergeKey: false, isAlias: false, mark: undefined }

  constructor(text: string, options: ComposeOptions) {
    this.#scanner = new Scanner(text)
    this.#marks = options.marks
    this.#maxDepth = options.maxDepth
  }

  /** The document's value; undefined for a text without any. */
  compose(): { value: JsonValue; mark: YamlMark | undefined } | undefined {
    const hasDirectives = readDirectives(this.#scanner, this.#handles)
    const { type } = this.#scanner.peek()
    const isExplicit = type === tokenType.documentStart
    if (isExplicit) this.#scanner.skip()
    else if (hasDirectives) this.#fail("'---' must follow the directives")
    else if (type === tokenType.streamEnd) return undefined
    const next = this.#scanner.peek()
    const isEmpty = isExplicit && next.type <= tokenType.documentEnd
    const value = isEmpty ? this.#empty(next) : this.#value(mode.block)
    const { mark } = this.#last
    if (this.#infinity !== undefined && holdsInfinity(value)) this.#scanner.fail('an infinite number or .nan is not a value that JSON can hold; a text needs quotes', this.#infinity)
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

  /** A node in the place of a value, where JSON has no infinity: that matters at the end, because a later key of the same name may replace it. */
  #value(allowed: Mode): JsonValue {
    const { line, column } = this.#scanner.peek()
    const value = this.#node(allowed)
    if (typeof value === 'number' && !Number.isFinite(value)) this.#infinity ??= { line, column }
    return value
  }

  /** A node with its anchor and tag. */
  #node(allowed: Mode): JsonValue {
    const token = this.#scanner.peek()
    switch (token.type) {
      case tokenType.scalar:
        this.#scanner.skip()
        this.#budget.nodes++
        return this.#scalar(token.text, undefined, token.plain, token)
      case tokenType.alias: return this.#alias(token)
      case tokenType.anchor:
      case tokenType.tag: return this.#nodeWithProperties(token, allowed)
      default: return this.#collection(token, allowed)
    }
  }

  #nodeWithProperties({ line, column }: Token, allowed: Mode): JsonValue {
    const place = { line, column }
    let name = this.#takeAnchor()
    const tag = this.#scanner.peek().type === tokenType.tag ? this.#tag(this.#take()) : undefined
    if (tag !== undefined) name ??= this.#takeAnchor()
    if (name === undefined) return this.#content(place, tag, allowed)
    const anchor: Anchor = { ...this.#last, value: null, size: undefined }
    this.#anchors.set(name, anchor)
    const before = this.#budget.nodes
    const value = this.#content(place, tag, allowed)
    Object.assign(anchor, this.#last, { value, size: this.#budget.nodes - before })
    return value
  }

  #takeAnchor(): string | undefined {
    return this.#scanner.peek().type === tokenType.anchor ? this.#take().text : undefined
  }

  #alias(token: Token): JsonValue {
    const anchor = this.#anchors.get(token.text)
    if (anchor === undefined) return this.#fail(`there is no anchor &${token.text} before this alias`)
    if (anchor.size === undefined) return this.#fail(`the anchor &${token.text} contains itself`)
    this.#scanner.skip()
    this.#budget.nodes++
    this.#budget.chargeAlias(anchor.size, { line: token.line + 1, column: token.column + 1 })
    this.#setFacts(anchor.kind, anchor.scalar, anchor.mark)
    this.#last.isAlias = true
    return anchor.value
  }

  #tag(token: Token): string {
    if (token.text === '') return token.suffix
    const prefix = this.#handles.get(token.text)
    return prefix === undefined ? this.#fail(`the tag's handle ${token.text} is not declared`, token) : prefix + token.suffix
  }

  /** What follows an anchor or a tag: a scalar, a collection, or nothing. */
  #content(place: TextPlace, tag: string | undefined, allowed: Mode): JsonValue {
    const token = this.#scanner.peek()
    if (token.type === tokenType.scalar) {
      this.#scanner.skip()
      this.#budget.nodes++
      return this.#scalar(token.text, tag, token.plain, place)
    }
    if (this.#composerOf(token.type, allowed) !== undefined) return this.#collection(token, allowed, place)
    this.#budget.nodes++
    return this.#scalar('', tag, tag === undefined, place)
  }

  #collection(token: Token, allowed: Mode, place: TextPlace = token): JsonValue {
    const compose = this.#composerOf(token.type, allowed)
    if (compose === undefined) return this.#fail(allowed === mode.flow ? "a value is expected here, inside '[…]' or '{…}'" : 'a value is expected here')
    this.#budget.nodes++
    if (++this.#depth > this.#maxDepth) {
      throw new YamlError('LIMIT_EXCEEDED', `nested deeper than ${this.#maxDepth} levels`, { line: token.line + 1, column: token.column + 1 })
    }
    const value = compose.call(this, this.#mark(place))
    this.#depth--
    return value
  }

  #composerOf(type: TokenType, allowed: Mode): ((mark: YamlMark | undefined) => JsonValue) | undefined {
    switch (type) {
      case tokenType.blockMappingStart: return allowed === mode.flow ? undefined : this.#blockMapping
      case tokenType.blockSequenceStart: return allowed === mode.flow ? undefined : this.#blockSequence
      case tokenType.blockEntry: return allowed === mode.blockValue ? this.#indentlessSequence : undefined
      case tokenType.flowMappingStart: return this.#flowMapping
      case tokenType.flowSequenceStart: return this.#flowSequence
      default: return undefined
    }
  }

  #scalar(text: string, tag: string | undefined, plain: boolean, place: TextPlace): JsonValue {
    let scalar: ResolvedScalar
    try {
      scalar = tag === undefined ? (plain ? resolvePlainScalar(text) : text) : resolveTaggedScalar(tag, text)
    } catch (error) {
      if (error instanceof ScalarTypeError) return this.#scanner.fail(error.message, place)
      throw error
    }
    const isMergeKey = text === '<<' && ((plain && tag === undefined) || tag === '!' || tag === mergeTag)
    this.#setFacts('scalar', scalar, this.#mark(place))
    this.#last.isMergeKey = isMergeKey
    return typeof scalar === 'object' && scalar !== null ? scalar.value : scalar
  }

  #empty(place: TextPlace): JsonValue {
    this.#budget.nodes++
    this.#setFacts('scalar', null, this.#mark(place))
    return null
  }

  /** One object, written over for each node: there are as many as scalars in the text. */
  #setFacts(kind: NodeFacts['kind'], scalar: ResolvedScalar, mark: YamlMark | undefined): void {
    const last = this.#last
    last.kind = kind
    last.scalar = scalar
    last.isMergeKey = false
    last.isAlias = false
    last.mark = mark
  }

  #mark(place: TextPlace): YamlMark | undefined {
    return this.#marks ? { line: place.line + 1, column: place.column + 1 } : undefined
  }

  #endMapping(mark: YamlMark | undefined, mapping: MappingBuilder): JsonValue {
    this.#setFacts('mapping', null, mark && mapping.fields ? { ...mark, fields: mapping.fields } : undefined)
    return mapping.value
  }

  #endSequence(mark: YamlMark | undefined, items: JsonValue[], marks: readonly YamlMark[] | undefined): JsonValue {
    this.#setFacts('sequence', null, mark && marks ? { ...mark, items: marks } : undefined)
    return items
  }

  #push(items: JsonValue[], marks: YamlMark[] | undefined, value: JsonValue): void {
    items.push(value)
    if (this.#last.mark !== undefined) marks?.push(this.#last.mark)
  }

  /** A key and its value, the KEY token taken. `end` is the token that closes the collection. */
  #pair(mapping: MappingBuilder, end: TokenType): void {
    const { type, line, column } = this.#scanner.peek()
    if (isStop(type, end)) this.#fail('a key is missing here (null cannot be a key)')
    this.#node(end === tokenType.blockEnd ? mode.blockValue : mode.flow)
    this.#valueOfKey(mapping, end, line, column)
  }

  /** The value of the key composed last, which stands at the given place; null where there is none. */
  #valueOfKey(mapping: MappingBuilder, end: TokenType, line: number, column: number): void {
    const { kind, scalar, isMergeKey } = this.#last
    const key = kind === 'scalar' ? toKey(scalar) : undefined
    if (key === undefined) {
      return this.#scanner.fail(kind === 'scalar' ? 'null or a number beyond 64 bits cannot be a key' : `a ${kind} cannot be a key; a text, or a placeholder of a template ({{ … }}), needs quotes`, { line, column })
    }
    if (isMergeKey) return this.#merge(mapping, end)
    mapping.set(key, this.#valueBehindKey(end), line, column)
    if (this.#last.mark !== undefined) mapping.mark(key, line, column, this.#last.mark)
  }

  #valueBehindKey(end: TokenType): JsonValue {
    const hasValue = this.#scanner.peek().type === tokenType.value
    if (hasValue) this.#scanner.skip()
    const next = this.#scanner.peek()
    return !hasValue || isStop(next.type, end) ? this.#empty(next) : this.#value(end === tokenType.blockEnd ? mode.blockValue : mode.flow)
  }

  #merge(mapping: MappingBuilder, end: TokenType): void {
    const { line, column } = this.#scanner.peek()
    const place = { line, column }
    const value = this.#valueBehindKey(end)
    const { mark, isAlias } = this.#last
    if (isJsonObject(value)) mapping.merge(value, mark, place)
    else if (isJsonArray(value) && !isAlias && value.every(isJsonObject)) {
      // Backwards, because earlier ones take precedence.
      for (let index = value.length - 1; index >= 0; index--) mapping.merge(value[index] as JsonObject, mark?.items?.[index], place)
    } else this.#scanner.fail("'<<' needs a mapping, an alias of one, or a list of these", place)
  }

  #blockMapping(mark: YamlMark | undefined): JsonValue {
    const mapping = new MappingBuilder(this.duplicates, this.#marks)
    this.#scanner.skip()
    for (;;) {
      const token = this.#take()
      if (token.type === tokenType.blockEnd) return this.#endMapping(mark, mapping)
      if (token.type !== tokenType.key) this.#fail('a key is expected here: look at the indentation of this line and the one before', token)
      this.#pair(mapping, tokenType.blockEnd)
    }
  }

  #blockSequence(mark: YamlMark | undefined): JsonValue {
    const items: JsonValue[] = []
    const marks: YamlMark[] | undefined = mark && []
    this.#scanner.skip()
    for (;;) {
      const token = this.#take()
      if (token.type === tokenType.blockEnd) return this.#endSequence(mark, items, marks)
      if (token.type !== tokenType.blockEntry) this.#fail("a list item ('- ') is expected here: look at the indentation of this line and the one before", token)
      this.#push(items, marks, this.#item(token.line, token.column, false))
    }
  }

  /** What follows a dash; nothing is null. */
  #item(line: number, column: number, indentless: boolean): JsonValue {
    const { type } = this.#scanner.peek()
    const isEmpty = type === tokenType.blockEntry || type === tokenType.blockEnd || (indentless && isStop(type, tokenType.blockEnd))
    return isEmpty ? this.#empty({ line, column }) : this.#value(mode.block)
  }

  /** A list whose items stand below their key without indentation; it ends with whatever is not an item. */
  #indentlessSequence(mark: YamlMark | undefined): JsonValue {
    const items: JsonValue[] = []
    const marks: YamlMark[] | undefined = mark && []
    while (this.#scanner.peek().type === tokenType.blockEntry) {
      const token = this.#take()
      this.#push(items, marks, this.#item(token.line, token.column, true))
    }
    return this.#endSequence(mark, items, marks)
  }

  #flowMapping(mark: YamlMark | undefined): JsonValue {
    const mapping = new MappingBuilder(this.duplicates, this.#marks)
    this.#scanner.skip()
    for (let count = 0; !this.#flowEnds(tokenType.flowMappingEnd, count); count++) {
      const token = this.#scanner.peek()
      if (token.type === tokenType.key) {
        this.#scanner.skip()
        this.#pair(mapping, tokenType.flowMappingEnd)
      } else {
        this.#loneKey(mapping, token.line, token.column)
      }
    }
    return this.#endMapping(mark, mapping)
  }

  /** `{a, b: 1}`: a key without a value. A `:` that comes too late (on the next line) does not give it one. */
  #loneKey(mapping: MappingBuilder, line: number, column: number): void {
    this.#node(mode.flow)
    const { type } = this.#scanner.peek()
    if (type === tokenType.value) this.#fail("',' or '}' is expected here: a key and its ':' belong on one line")
    this.#valueOfKey(mapping, tokenType.flowMappingEnd, line, column)
  }

  #flowSequence(mark: YamlMark | undefined): JsonValue {
    const items: JsonValue[] = []
    const marks: YamlMark[] | undefined = mark && []
    this.#scanner.skip()
    for (let count = 0; !this.#flowEnds(tokenType.flowSequenceEnd, count); count++) {
      this.#push(items, marks, this.#scanner.peek().type === tokenType.key ? this.#singlePair() : this.#value(mode.flow))
    }
    return this.#endSequence(mark, items, marks)
  }

  /** `[a: b]`: a mapping of one pair without braces. */
  #singlePair(): JsonValue {
    const mark = this.#mark(this.#scanner.peek())
    const mapping = new MappingBuilder(this.duplicates, this.#marks)
    this.#budget.nodes++
    this.#scanner.skip()
    this.#pair(mapping, tokenType.flowSequenceEnd)
    return this.#endMapping(mark, mapping)
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
