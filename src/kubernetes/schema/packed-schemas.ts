import { fragments } from '../data/openapi.ts'
import { schemaText } from './schema-text.ts'

/** The shipped schemas, unpacked but not parsed: each is text until somebody asks for it. */
export interface UnpackedSchemas {
  /** `group/version/kind` → the number of its schema. */
  readonly numbers: ReadonlyMap<string, number>
  /** The JSON text of a numbered schema as of a minor of Kubernetes 1. */
  find(number: number, minor: number): string | undefined
}

let unpacked: UnpackedSchemas | undefined

/** Unpacks the shipped schemas, once. */
export function unpackSchemas(): UnpackedSchemas {
  unpacked ??= readPacked(schemaText())
  return unpacked
}

function readPacked(text: string): UnpackedSchemas {
  const [first, second] = [text.indexOf('\n'), text.indexOf('\n', text.indexOf('\n') + 1)]
  const numbers = new Map(Object.entries(JSON.parse(text.slice(0, first)) as Record<string, number>))
  const index = JSON.parse(text.slice(first + 1, second)) as readonly number[]
  const variants = readIndex(index, second + 1)
  return {
    numbers,
    find(number, minor) {
      const variant = variants.get(number)?.find(({ from, to }) => from <= minor && minor <= to)
      return variant === undefined ? undefined : spellOut(text.slice(variant.start, variant.end))
    },
  }
}

interface Variant {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly end: number
}

function readIndex(index: readonly number[], bodyStart: number): ReadonlyMap<number, readonly Variant[]> {
  const variants = new Map<number, Variant[]>()
  let end = bodyStart
  for (let position = 0; position < index.length; position += 4) {
    const number = index[position] as number
    const start = end
    end += index[position + 3] as number
    const variant = { from: index[position + 1] as number, to: index[position + 2] as number, start, end }
    const known = variants.get(number)
    if (known === undefined) variants.set(number, [variant])
    else known.push(variant)
  }
  return variants
}

// Control characters are what the generator writes frequent fragments as.
// oxlint-disable-next-line no-control-regex
const shortened = /[\u0001-\u001f]/g

function spellOut(text: string): string {
  return text.replace(shortened, (character) => fragments.get(character) ?? character)
}
