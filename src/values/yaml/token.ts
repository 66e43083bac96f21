/** What the scanner tells the composer; numbers, because they are compared once or more for every token. */
export const tokenType = {
  streamEnd: 0, versionDirective: 1, tagDirective: 2, documentStart: 3, documentEnd: 4, blockSequenceStart: 5, blockMappingStart: 6, blockEnd: 7,
  flowSequenceStart: 8, flowSequenceEnd: 9, flowMappingStart: 10, flowMappingEnd: 11, blockEntry: 12, flowEntry: 13, key: 14, value: 15,
  alias: 16, anchor: 17, tag: 18, scalar: 19,
} as const

/** One of `tokenType`. */
export type TokenType = (typeof tokenType)[keyof typeof tokenType]

/** A token and where it starts (counted from 0). Valid until the next one is asked for: the scanner uses its tokens again. */
export interface Token {
  readonly type: TokenType
  readonly line: number
  readonly column: number
  /** Scalar, anchor, alias: the text. Tag: the handle. Directive: the handle, or the version. */
  readonly text: string
  /** Tag: the suffix. Tag directive: the prefix. */
  readonly suffix: string
  /** Scalar: written without quotes and not as a block. */
  readonly plain: boolean
}
