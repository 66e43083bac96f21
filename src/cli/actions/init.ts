import { resolve } from 'node:path'
import { initialize } from '../../pipeline/initialize.ts'
import { version } from '../../model/version.ts'
import type { Invocation } from '../command.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { UsageError } from '../usage-error.ts'

const ciFiles = ['github', 'gitlab', 'pre-commit', 'jenkins'] as const

/** `presync init`: writes all of the files or, where one is in the way, none. */
export function runInit({ args, options, streams }: Invocation<(typeof ciFiles)[number] | 'image' | 'force'>): ExitCode {
  const image = options.image ?? `presync:${version}`
  if (!/^[A-Za-z0-9][\w./:@-]*$/.test(image)) throw new UsageError(`'${image}' is no image`)
  const { written, inTheWay } = initialize({
    folder: resolve(args[0] ?? '.'), image, force: options.force, names: ['configuration', ...ciFiles.filter((name) => options[name])],
  })
  if (inTheWay.length > 0) {
    streams.stderr.write(`presync: ${inTheWay.join(', ')} ${inTheWay.length === 1 ? 'is' : 'are'} there already; --force overwrites. Nothing was written.\n`)
    return exitCodes.failed.code
  }
  for (const path of written) streams.stdout.write(`wrote ${path}\n`)
  return exitCodes.ok.code
}
