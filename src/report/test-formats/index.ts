import { json, yaml } from './data.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import type { TestFormat } from './test-format.ts'
import { text } from './text.ts'

/** How `presync test` prints; Kyverno's names, and `text` where none is chosen. */
export const testFormats = { text, json, yaml, markdown, junit } as const satisfies Record<string, TestFormat>

export type TestFormatName = keyof typeof testFormats
export { countTests } from './test-format.ts'
