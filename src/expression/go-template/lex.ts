// Go: text/template/parse/lex.go
import { TemplateError } from './template-error.ts'

export type TokenType = 'text' | 'word' | 'field' | 'variable' | 'string' | 'character' | 'number' | 'symbol' | 'end'

/** A piece of a template. Text outside of actions is one token; an action ends with a token `end`. */
export interface Token {
  readonly type: TokenType
  readonly text: string
  readonly line: number
  /** Whether white space stands before it: `.a .b` are two operands, `.a.b` is one. */
  readonly spaced: boolean
}

const inside = /[ \t\r\n]+|(?<word>[\p{L}_][\p{L}\p{Nd}_]*)|(?<field>\.[\p{L}_][\p{L}\p{Nd}_]*)|(?<variable>\$[\p{L}\p{Nd}_]*)|(?<number>[+-]?(?:0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?))|(?<string>"(?:[^"\\\n]|\\.)*"|`[^`]*`)|(?<character>'(?:[^'\\\n]|\\.)+')|(?<symbol>:=|[.()|,=])/uy
const trimLeft = /[ \t\r\n]+$/
const trimRight = /^[ \t\r\n]+/

/** Takes a template apart. */
export function lex(template: string): readonly Token[] {
  const tokens: Token[] = []
  let line = 1
  let trims = false
  for (let position = 0; position < template.length;) {
    const open = template.indexOf('{{', position)
    const text = template.slice(position, open < 0 ? undefined : open)
    const closesLeft = open >= 0 && /^\{\{-[ \t\r\n]/.test(template.slice(open, open + 4))
    const kept = (trims ? text.replace(trimRight, '') : text)
    const shown = closesLeft ? kept.replace(trimLeft, '') : kept
    if (shown !== '') tokens.push({ type: 'text', text: shown, line, spaced: false })
    line += countLines(text)
    if (open < 0) break
    const action = lexAction({ template, position: open + (closesLeft ? 3 : 2), line }, tokens)
    position = action.position
    line = action.line
    trims = action.trims
  }
  return tokens
}

interface Place { readonly template: string; readonly position: number; readonly line: number }

function lexAction(start: Place, tokens: Token[]): { readonly position: number; readonly line: number; readonly trims: boolean } {
  const comment = /\s*\/\*[^]*?\*\/(?:\s-)?\}\}/y
  comment.lastIndex = start.position
  const found = comment.exec(start.template)?.[0]
  if (found !== undefined) return { position: start.position + found.length, line: start.line + countLines(found), trims: found.endsWith('-}}') }
  return lexTokens(start, tokens)
}

function lexTokens({ template, position: from, line: fromLine }: Place, tokens: Token[]): { readonly position: number; readonly line: number; readonly trims: boolean } {
  let [position, line, spaced] = [from, fromLine, true]
  for (;;) {
    const isEnd = template.startsWith('}}', position)
    const trims = !isEnd && spaced && template.startsWith('-}}', position)
    if (isEnd || trims) {
      tokens.push({ type: 'end', text: '}}', line, spaced })
      return { position: position + (trims ? 3 : 2), line, trims }
    }
    inside.lastIndex = position
    const match = inside.exec(template)
    if (match === null) throw unexpected(template, position, line)
    const [type, text] = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined) ?? []
    if (type !== undefined && text !== undefined) tokens.push({ type: type as TokenType, text, line, spaced })
    position += match[0].length
    line += countLines(match[0])
    spaced = type === undefined
  }
}

function unexpected(template: string, position: number, line: number): TemplateError {
  const character = template[position]
  return new TemplateError('INVALID_TEMPLATE', character === undefined ? `line ${line}: an action is not closed` : `line ${line}: unexpected ${JSON.stringify(character)} in an action`)
}

function countLines(text: string): number {
  let lines = 0
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) lines++
  return lines
}
