import type { JsonValue } from '../../model/json.ts'
import { forbiddenCharacter } from './characters.ts'
import { Composer } from './composer.ts'
import type { DuplicateKey } from './mapping-builder.ts'
import { YamlError } from './yaml-error.ts'
import type { YamlMark } from './yaml-mark.ts'

export { YamlError } from './yaml-error.ts'
export type { DuplicateKey } from './mapping-builder.ts'
export type { YamlFieldMark, YamlMark } from './yaml-mark.ts'

/** What presync reads at most, far beyond any manifest and far below what hurts. */
const defaultMaxDepth = 500

export interface YamlOptions {
  readonly maxDepth?: number
}

/** A document's value and the keys in it that were given twice. */
export interface YamlDocument {
  readonly value: JsonValue
  readonly duplicates: readonly DuplicateKey[]
}

/**
 * Reads the first document of a text as `sigs.k8s.io/yaml` does: YAML 1.1 scalars, the last of two equal keys counts, the rest of the
 * stream is not looked at. A text without a document is null. Throws `YamlError`.
 */
export function parseYaml(text: string, options: YamlOptions = {}): YamlDocument {
  const { composer, composed } = compose(text, options, false)
  return { value: composed?.value ?? null, duplicates: composer.duplicates }
}

/** Reads the same document again for the places of its nodes. Throws where `parseYaml` throws. */
export function markYaml(text: string, options: YamlOptions = {}): YamlMark {
  return compose(text, options, true).composed?.mark ?? { line: 1, column: 1 }
}

function compose(text: string, options: YamlOptions, marks: boolean) {
  const forbidden = forbiddenCharacter.exec(text)
  if (forbidden !== null) {
    const before = text.slice(0, forbidden.index).split('\n')
    const code = (text.codePointAt(forbidden.index) as number).toString(16).padStart(4, '0').toUpperCase()
    throw new YamlError('INVALID_YAML', `the character U+${code} is not allowed in YAML`, { line: before.length, column: (before.at(-1) as string).length + 1 })
  }
  // A mark in front only tells the encoding; anywhere else it is a character like any other.
  const composer = new Composer(text.startsWith('\ufeff') ? text.slice(1) : text, { marks, maxDepth: options.maxDepth ?? defaultMaxDepth })
  return { composer, composed: composer.compose() }
}
