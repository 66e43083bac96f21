// Kyverno: pkg/cel/compiler/image.go, pkg/cel/matching/image.go; gobwas/glob
import type { Program } from '../../expression/cel/index.ts'
import type { MatchImageReference } from '../../model/cel-policy.ts'
import { compileGoRegex } from '../../values/go-regex.ts'
import { expectedTypes, type ExpressionCompiler } from './expression-compiler.ts'

/** Decides whether a policy is about an image; `evaluate` evaluates with the image as `ref`. */
export type ImageMatcher = (image: string, evaluate: (program: Program) => unknown) => boolean

/** Prepares references: any of them selects, and none at all select everything. */
export function compileImageReferences(compiler: ExpressionCompiler, references: readonly MatchImageReference[]): ImageMatcher {
  const matchers = references.flatMap(({ glob = '', expression = '' }, index): ImageMatcher[] => {
    const path = ['spec', 'matchImageReferences', index]
    if (glob !== '') return [compileGlob(glob)]
    const program = expression === '' ? undefined : compiler.compile(expression, [...path, 'expression'], expectedTypes.bool)
    return program === undefined ? [] : [(_, evaluate) => evaluate(program) === true]
  })
  return (image, evaluate) => references.length === 0 || matchers.some((matches) => matches(image, evaluate))
}

function compileGlob(glob: string): ImageMatcher {
  const pattern = compileGoRegex(`^(?s:${toPattern(glob)})$`)
  return pattern === undefined ? (image) => image === glob : (image) => pattern.test(image)
}

/** `*` goes on over slashes. */
function toPattern(glob: string): string {
  let depth = 0
  return glob.replace(/\\(?<escaped>[\s\S])|\[(?<not>[!^]?)(?<set>[^\]]+)\]|(?<other>[\s\S])/g, (_whole, ...rest) => {
    const { escaped, not, set, other } = rest.at(-1) as Readonly<Record<string, string | undefined>>
    if (escaped !== undefined) return quote(escaped)
    if (set !== undefined) return `[${not === '' ? '' : '^'}${set.replace(/[\\\]^[]/g, '\\$&')}]`
    switch (other) {
      case '*': return '.*'
      case '?': return '.'
      case '{': depth++; return '(?:'
      case '}': if (depth > 0) { depth--; return ')' } return '\\}'
      case ',': return depth > 0 ? '|' : ','
      default: return quote(other ?? '')
    }
  })
}

function quote(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
