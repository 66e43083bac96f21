import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'

const made: string[] = []

/** Writes files (path → text) into a fresh folder, `link:TARGET` as symbolic links, and returns its real path. Removed after the tests of the file. */
export function writeTree(files: Readonly<Record<string, string>>): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'presync-test-')))
  made.push(root)
  for (const [path, text] of Object.entries(files)) {
    const file = join(root, path)
    mkdirSync(dirname(file), { recursive: true })
    if (text.startsWith('link:')) symlinkSync(text.slice('link:'.length), file)
    else if (path.endsWith('/')) mkdirSync(file, { recursive: true })
    else writeFileSync(file, text)
  }
  return root
}

afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})
