import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { IoError } from './io-error.ts'

/** Writes a file and the folders above it. */
export function writeTextFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new IoError('FILE_UNWRITABLE', `${path} cannot be written (${code ?? String(cause)})`, { cause })
  }
}
