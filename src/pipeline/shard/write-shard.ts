import type { Problem } from '../../model/errors.ts'
import type { JsonValue } from '../../model/json.ts'
import type { Gate, Report } from '../../model/report.ts'
import { version } from '../../model/version.ts'
import { stringifyJson } from '../../values/json-text.ts'
import { examineChange, type ExaminedChange } from '../check-against-base.ts'
import { examineTree } from '../check.ts'
import { encodeFindings } from './encode-findings.ts'
import { cutExcerpts } from './excerpts.ts'
import { identifyRun, type PartOptions } from './run-identity.ts'
import { ownerIn, type Share } from './share.ts'
import { shardApiVersion, type ShardDocument } from './shard-schema.ts'

/** What a run is judged by and what it found in its configuration: the same in every part. */
export interface ShardContext {
  readonly share: Share
  readonly gate: Gate
  readonly configuration: { readonly file?: string | undefined; readonly problems: readonly Problem[] }
}

/** A part of a run, written down, and what it is a part of. */
export interface WrittenShard extends Pick<Report, 'sources' | 'policies' | 'resourceCount'> {
  readonly text: string
  /** How many of the resources are in this part. */
  readonly evaluatedCount: number
}

/** Checks a part: everything is rendered and known, as one cluster, and what belongs to the share is evaluated. */
export async function writeShard(options: PartOptions, { share, gate, configuration }: ShardContext): Promise<WrittenShard> {
  const { head, base } = await examine({ ...options, share })
  const { file, problems } = configuration
  const { sources, policies, resourceCount } = head.findings
  const document: ShardDocument = {
    apiVersion: shardApiVersion, kind: 'Shard', metadata: { name: `${share.index}-of-${share.count}` }, tool: { name: 'presync', version }, share,
    run: identifyRun(options, head, gate), gate, configuration: { ...(file === undefined ? {} : { file }), problems },
    head: encodeFindings(head.findings), ...(base === undefined ? {} : { base: { ...base, findings: encodeFindings(base.findings) } }),
    excerpts: cutExcerpts(head.findings, problems, options.texts.get),
  }
  return { text: `${stringifyJson(document as unknown as JsonValue)}\n`, sources, policies, resourceCount, evaluatedCount: head.resources.filter(ownerIn(share)).length }
}

function examine({ base, showDiff = false, ...options }: PartOptions): Promise<ExaminedChange> {
  return base === undefined ? examineTree(options).then((head) => ({ head })) : examineChange({ ...options, base, showDiff })
}
