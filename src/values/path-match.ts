// Go: path.Match; git: wildmatch.c as pathspecs use it
import { compileGoRegex } from './go-regex.ts'

/** `path`: `*` and `?` stop at slashes, as in Go's path.Match; `any`: they do not, as in git's pathspecs. */
export type PathMatchStyle = 'path' | 'any'

/** Compiles a pattern with `*`, `?`, `[…]` and `\`; undefined where it is not well formed. Matching takes linear time. */
export function compilePathPattern(pattern: string, style: PathMatchStyle): ((path: string) => boolean) | undefined {
  const source = toSource([...pattern], style)
  const regex = source === undefined ? undefined : compileGoRegex(`(?s)\\A(?:${source})\\z`)
  return regex === undefined ? undefined : (path) => regex.test(path)
}

function toSource(pattern: readonly string[], style: PathMatchStyle): string | undefined {
  const one = style === 'path' ? '[^/]' : '.'
  let source = ''
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] as string
    if (character === '*') source += `${one}*`
    else if (character === '?') source += one
    else if (character === '[') {
      const found = toClass(pattern, index + 1)
      if (found === undefined) return undefined
      source += found.source
      index = found.end
    } else if (character === '\\') {
      const literal = pattern[++index]
      if (literal === undefined) return undefined
      source += escape(literal)
    } else source += escape(character)
  }
  return source
}

function toClass(pattern: readonly string[], start: number): { readonly source: string; readonly end: number } | undefined {
  let index = start
  const isNegated = pattern[index] === '^' || pattern[index] === '!'
  if (isNegated) index++
  let content = ''
  for (const first = index; index < pattern.length; index++) {
    const character = pattern[index] as string
    if (character === ']' && index > first) return { source: `[${isNegated ? '^' : ''}${content}]`, end: index }
    const literal = character === '\\' ? pattern[++index] : character
    if (literal === undefined) return undefined
    const isRange = character === '-' && index > first && pattern[index + 1] !== ']'
    content += isRange ? '-' : escape(literal)
  }
  return undefined
}

function escape(character: string): string {
  return /[\w/\s]/.test(character) || character > '\x7f' ? character : `\\${character}`
}
