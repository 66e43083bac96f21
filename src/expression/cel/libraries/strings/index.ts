// cel-go: ext/strings.go
import { trimSpace } from '../../../../values/trim-space.ts'
import { fn, method, withCost, type CelLibrary, type CelOverload } from '../../library.ts'
import { celType } from '../../types/cel-type.ts'
import type { CelValue } from '../../values/value.ts'
import { characterCost, deepTraversalCost, sizeOf, traversalCost } from '../standard/costs.ts'
import { formatCheck } from './check-format.ts'
import { readFormat } from './format-clauses.ts'
import { formatValue, type FormatStyle } from './format-values.ts'
import { changeAscii, charAt, indexOf, joinTexts, lastIndexOf, quote, replaceText, splitText, substring } from './text-functions.ts'

const { dyn, int, list, string } = celType

/** The library's versions add to each other; 2 is what Kubernetes and Kyverno have. */
export type StringsVersion = 0 | 1 | 2 | 3 | 4

function format(text: string, args: readonly CelValue[], style: FormatStyle): string {
  let result = ''
  readFormat(text, args.length, (part, index) => {
    result += typeof part === 'string' ? part : formatValue(args[index] as CelValue, part, style)
  })
  return result
}

const positionCost = (args: readonly CelValue[]): number => deepTraversalCost(args[0])
const joinCost = (_: readonly CelValue[], result: CelValue): number => Math.ceil(sizeOf(result) * 2 * characterCost)

/** Costs are those of Kubernetes (apiserver pkg/cel/library/cost.go): a text is gone through once, or twice where a result is built. */
const base: readonly CelOverload[] = [
  method('charAt', [string, int], string, charAt),
  withCost(positionCost, method('indexOf', [string, string], int, (text, part) => indexOf(text, part))),
  withCost(positionCost, method('indexOf', [string, string, int], int, indexOf)),
  withCost(positionCost, method('lastIndexOf', [string, string], int, (text, part) => lastIndexOf(text, part))),
  withCost(positionCost, method('lastIndexOf', [string, string, int], int, lastIndexOf)),
  withCost(traversalCost(0), method('lowerAscii', [string], string, (text) => changeAscii(text, (letters) => letters.toLowerCase()))),
  withCost(traversalCost(0), method('upperAscii', [string], string, (text) => changeAscii(text, (letters) => letters.toUpperCase()))),
  withCost(traversalCost(0, 0), method('replace', [string, string, string], string, (text, old, replacement) => replaceText(text, old, replacement))),
  withCost(traversalCost(0, 0), method('replace', [string, string, string, int], string, replaceText)),
  withCost(traversalCost(0, 0), method('split', [string, string], list(string), (text, separator) => splitText(text, separator))),
  withCost(traversalCost(0, 0), method('split', [string, string, int], list(string), splitText)),
  withCost(traversalCost(0), method('substring', [string, int], string, (text, start) => substring(text, start))),
  withCost(traversalCost(0), method('substring', [string, int, int], string, substring)),
  withCost(traversalCost(0), method('trim', [string], string, trimSpace)),
  withCost(joinCost, method('join', [list(string)], string, (items) => joinTexts(items))),
  withCost(joinCost, method('join', [list(string), string], string, joinTexts)),
]

/** Functions on texts, as of a version of cel-go's extension. */
export function makeStrings(version: StringsVersion): CelLibrary {
  const style: FormatStyle = { isLiteral: version < 4 }
  const formatting: readonly CelOverload[] = [
    withCost(traversalCost(0), method('format', [string, list(dyn)], string, (text, args) => format(text, args, style))),
    withCost(traversalCost(0), fn('strings.quote', [string], string, quote)),
  ]
  const reverse = method('reverse', [string], string, (text) => Array.from(text).reverse().join(''))
  return {
    name: 'strings',
    summary: 'Searching, cutting, joining and formatting texts',
    functions: [...base, ...(version >= 1 ? formatting : []), ...(version >= 3 ? [reverse] : [])],
    callChecks: version >= 1 ? [formatCheck(style.isLiteral)] : [],
  }
}

/** The version that Kubernetes and Kyverno have. */
export const strings = makeStrings(2)
