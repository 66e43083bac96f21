// Faithful to Kyverno's pkg/engine/anchor/anchor.go.
import { Memo } from './memo.ts'
import { trimSpace } from './trim-space.ts'

/** The sign before the parentheses: none is a condition, `<` global, `=` equality, `^` existence, `X` negation, `+` add if absent. */
export type AnchorModifier = '' | '<' | '=' | '^' | 'X' | '+'

/** A key such as `=(image)`, taken apart. */
export interface AnchorKey {
  readonly modifier: AnchorModifier
  readonly key: string
}

const syntax = /^([+<=X^])?\(([^\n]+)\)$/

/** Reads an anchor; undefined for a plain key. */
export function parseAnchor(text: string): AnchorKey | undefined {
  // Almost every key is plain, and then ends in something else than a parenthesis.
  return text.includes(')') ? anchors.get(text) : undefined
}

/** Those of a policy are read for every resource. */
const anchors = new Memo(1000, readAnchor)

function readAnchor(text: string): AnchorKey | undefined {
  const match = syntax.exec(trimSpace(text))
  return match === null ? undefined : { modifier: (match[1] ?? '') as AnchorModifier, key: match[2] as string }
}

/** Writes an anchor back. */
export function formatAnchor({ modifier, key }: AnchorKey): string {
  return `${modifier}(${key})`
}
