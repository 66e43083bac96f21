import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Looks a program up on a PATH; undefined where it is not. */
export function findProgram(name: string, path: string = process.env['PATH'] ?? ''): string | undefined {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : ['']
  for (const folder of path.split(delimiter)) {
    // An empty entry means the current folder, from which a checked repository must not bring its own programs.
    if (folder === '' || folder === '.') continue
    for (const suffix of suffixes) {
      const candidate = join(folder, name + suffix)
      if (isExecutable(candidate)) return candidate
    }
  }
  return undefined
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
