import type { Resource } from '../model/resource.ts'
import type { RuleResult } from '../model/result.ts'
import { suppress, type Suppressed } from '../report/index.ts'
import type { SourceTexts } from './source-texts.ts'

/** Where suppressions come from, and the moment that judges their days. */
export interface SuppressKnownOptions {
  readonly cwd: string
  readonly texts: SourceTexts
  readonly now: number
  /** A baseline file. */
  readonly baselineFile?: string | undefined
  /** Only a part of what the baseline covers is checked, so that none of its entries is called unused. */
  readonly partial?: boolean | undefined
}

/**
 * Suppresses what annotations and the baseline call known. For people who review a change, who see both; whoever guards a cluster (the plugin) must not
 * call this, because the application's author writes them.
 */
export async function suppressKnown(results: readonly RuleResult[], resources: readonly Resource[], options: SuppressKnownOptions): Promise<Suppressed> {
  const { baseline, problems } = options.baselineFile === undefined ? { problems: [] } : (await import('./load-baseline.ts')).loadBaseline(options.baselineFile, options)
  const suppressed = suppress(results, resources, { ...(baseline === undefined ? {} : { baseline }), today: new Date(options.now).toISOString().slice(0, 10), partial: options.partial })
  return { results: suppressed.results, problems: [...problems, ...suppressed.problems] }
}
