import type { Problem } from '../model/errors.ts'
import type { SuppressOptions } from '../report/index.ts'
import type { SourceTexts } from './source-texts.ts'

/** Where suppressions come from, and the moment that judges their days. */
export interface LoadSuppressionsOptions {
  readonly cwd: string
  readonly texts: SourceTexts
  readonly now: number
  /** A baseline file. */
  readonly baselineFile?: string | undefined
  /** Only a part of what the baseline covers is checked, so that none of its entries is called unused. */
  readonly partial?: boolean | undefined
}

/** What calls failures known besides the annotations of the resources, and what is wrong with it. */
export interface Suppressions extends SuppressOptions {
  readonly problems: readonly Problem[]
}

/**
 * Reads what the baseline calls known. For people who review a change, who see it; whoever guards a cluster (the plugin) must not ask for
 * suppressions, because the application's author writes them.
 */
export async function loadSuppressions(options: LoadSuppressionsOptions): Promise<Suppressions> {
  const { baseline, problems } = options.baselineFile === undefined ? { problems: [] } : (await import('./load-baseline.ts')).loadBaseline(options.baselineFile, options)
  return { ...(baseline === undefined ? {} : { baseline }), today: new Date(options.now).toISOString().slice(0, 10), partial: options.partial, problems }
}
