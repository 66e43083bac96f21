import { createHash } from 'node:crypto'
import { isAbsolute } from 'node:path'
import { readCached, writeCached } from '../io/content-cache.ts'
import { kindOf, readBytes } from '../io/files.ts'
import { addPart, hashFolder, hashProgram } from '../io/hash-files.ts'
import { findMount, provideFiles } from '../io/mounts.ts'
import { version } from '../model/version.ts'
import { toShownPath, type RenderContext } from './render-context.ts'

/** Everything that decides what a program prints. */
export interface RenderingInputs {
  readonly program: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** Real paths of the folders that the program may read, below the root; undefined where that cannot be told. Asked only where that matters. */
  readonly folders: () => readonly string[] | undefined
  /** The folder of this rendering that the arguments may name. */
  readonly home?: string
}

/**
 * What a program printed for the same inputs before, or prints now. Inputs count by content and by their place below the root, so that a base and
 * the working tree share what they have in common. What could come from the network is never kept.
 */
export async function cachedRendering(context: RenderContext, inputs: RenderingInputs, render: () => Promise<string>): Promise<string> {
  const { cache } = context.tools
  const key = cache === undefined || context.options.network === true ? undefined : keyOf(context, inputs)
  const known = cache === undefined || key === undefined ? undefined : readCached({ folder: cache, kind: 'renderings' }, key)
  if (known !== undefined) return known
  if (findMount(context.root) !== undefined) await provideFiles([...inputs.folders() ?? [context.root], ...filesIn(inputs.args)])
  const text = await render()
  if (cache === undefined || key === undefined) return text
  // A file that changed meanwhile must not be kept as what it was before.
  if (keyOf(context, inputs) === key) writeCached({ folder: cache, kind: 'renderings' }, key, text)
  return text
}

function keyOf(context: RenderContext, { program, args, env, folders: findFolders, home }: RenderingInputs): string | undefined {
  const folders = findFolders()
  if (folders === undefined) return undefined
  const hash = createHash('sha256')
  for (const part of [version, hashProgram(program, context.tools.cache), JSON.stringify(context.options, toPlain), JSON.stringify(Object.entries(env).sort())]) addPart(hash, part)
  for (const argument of args) {
    addPart(hash, (home === undefined ? argument : argument.replaceAll(home, '<home>')).replaceAll(context.root, '<root>'))
  }
  for (const file of filesIn(args)) addPart(hash, readBytes(file))
  for (const folder of [...new Set(folders)].sort()) {
    addPart(hash, toShownPath(context, folder))
    if (!hashFolder(hash, folder)) return undefined
  }
  return hash.digest('hex')
}

/** Files that arguments name: alone, or behind `name=`. */
function filesIn(args: readonly string[]): readonly string[] {
  return args.map((argument) => argument.slice(argument.indexOf('=') + 1).replaceAll('\\,', ',')).filter((path) => isAbsolute(path) && kindOf(path) === 'file')
}

function toPlain(key: string, value: unknown): unknown {
  if (key === 'timeoutMs') return undefined
  return typeof value === 'bigint' ? `${value}n` : value
}
