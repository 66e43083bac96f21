// Kyverno: cmd/cli/kubectl-kyverno/test/load.go
import { join } from 'node:path'
import { kindOf, readFolder, readTextFile } from '../../io/files.ts'
import { KnownError } from '../../model/errors.ts'
import { InputError, readDocuments } from '../kyverno/read-documents.ts'
import { parseTestFile, type TestFile } from './test-file.ts'

/** A document of a test file and the folder that its paths start from. */
export interface FoundTest {
  /** As the user would call the file. */
  readonly path: string
  readonly folder: string
  readonly test: TestFile
}

export interface FoundTests {
  readonly tests: readonly FoundTest[]
  readonly unreadable: readonly { readonly path: string; readonly message: string }[]
}

/** The test files of folders, hidden ones included, in the order of their names. */
export function findTests(folders: readonly string[], fileName: string): FoundTests {
  const tests: FoundTest[] = []
  const unreadable: { path: string; message: string }[] = []
  for (const folder of folders) {
    if (kindOf(folder) !== 'folder') throw new InputError(`${folder} is not a folder: tests are found in folders, by the name of their file (-f)`)
    for (const path of walk(join(folder), fileName)) readTests(path, tests, unreadable)
  }
  return { tests, unreadable }
}

function* walk(folder: string, fileName: string): Generator<string> {
  for (const entry of readFolder(folder)) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walk(path, fileName)
    else if (entry.name === fileName) yield path
  }
}

/** A file with a document that cannot be read is no test at all. */
function readTests(path: string, tests: FoundTest[], unreadable: { path: string; message: string }[]): void {
  try {
    const found: FoundTest[] = []
    for (const document of readDocuments(readTextFile(path), path, { strict: true })) {
      const parsed = parseTestFile(document)
      if ('errors' in parsed) return void unreadable.push({ path, message: parsed.errors.join('; ') })
      found.push({ path, folder: join(path, '..'), test: parsed.test })
    }
    tests.push(...found)
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    unreadable.push({ path, message: error.message })
  }
}
