import { Buffer } from 'node:buffer'
import { brotliDecompressSync } from 'node:zlib'
import { packedSchemas } from '../data/openapi.ts'

interface Variant {
  readonly from: number
  readonly to: number
  readonly text: string
}

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
  unpacked ??= readPacked(brotliDecompressSync(Buffer.from(packedSchemas, 'base64')).toString('utf8'))
  return unpacked
}

function readPacked(text: string): UnpackedSchemas {
  const gap = text.indexOf('\n\n')
  const numbers = new Map(text.slice(0, gap).split('\n').map((row) => {
    const space = row.lastIndexOf(' ')
    return [row.slice(0, space), Number(row.slice(space + 1))] as const
  }))
  const variants: Variant[][] = []
  for (const row of text.slice(gap + 2).split('\n')) {
    const [first, second, third] = [row.indexOf(' '), row.indexOf(' ', row.indexOf(' ') + 1), row.indexOf(' {')]
    const number = Number(row.slice(0, first))
    const variant = { from: Number(row.slice(first + 1, second)), to: Number(row.slice(second + 1, third)), text: row.slice(third + 1) }
    const known = variants[number]
    if (known === undefined) variants[number] = [variant]
    else known.push(variant)
  }
  return { numbers, find: (number, minor) => variants[number]?.find(({ from, to }) => from <= minor && minor <= to)?.text }
}
