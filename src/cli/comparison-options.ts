import type { CheckAgainstBaseOptions } from '../pipeline/check-against-base.ts'
import type { OptionValues } from './options.ts'

/** What a check is compared with, where it is; `configurationFile` counts among what decides about every result. */
export function readComparison(options: OptionValues<'base' | 'full' | 'show-diff'>, configurationFile: string | undefined): Pick<CheckAgainstBaseOptions, 'base' | 'full' | 'configurationFiles' | 'showDiff'> | undefined {
  if (options.base === undefined) return undefined
  return { base: options.base, full: options.full, configurationFiles: configurationFile === undefined ? [] : [configurationFile], showDiff: options['show-diff'] }
}
