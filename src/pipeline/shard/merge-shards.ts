import type { Gate, Report } from '../../model/report.ts'
import type { SourceText } from '../../report/index.ts'
import { changeName, concludeChange, type ExaminedBase } from '../check-against-base.ts'
import type { Findings, Placed } from '../findings.ts'
import { decodeFindings } from './decode-findings.ts'
import { joinExcerpts } from './excerpts.ts'
import { readShard, type Shard } from './read-shard.ts'
import { requireWholeRun } from './require-whole-run.ts'
import { ShardError } from './shard-error.ts'
import type { EncodedFindings, ShardDocument } from './shard-schema.ts'

/** What one run would have reported, and what it would have been judged by. */
export interface MergedRun {
  readonly report: Report
  readonly gate: Gate
  /** The configuration that was found. */
  readonly configurationFile: string | undefined
  /** The lines that the report points at. */
  readonly sourceText: SourceText
}

/** Puts the parts of a run together. Throws a `ShardError` where they are not all of the parts of one run. */
export function mergeShards(files: readonly string[], cwd: string): MergedRun {
  const shards = requireWholeRun(files.map((file) => readShard(file, cwd)))
  const [first, ...others] = shards
  const { gate, configuration, head } = first.document
  const report = concludeChange(joinFindings(decode(first.file, head), others.map(({ file, document }) => decode(file, document.head))), joinBases(shards))
  return {
    report: { ...report, problems: [...configuration.problems, ...report.problems] }, gate, configurationFile: configuration.file,
    sourceText: joinExcerpts(shards.map(({ document }) => document.excerpts)),
  }
}

function decode(file: string, encoded: EncodedFindings): Findings {
  const findings = decodeFindings(encoded)
  if (findings === undefined) throw new ShardError('INVALID_SHARD', `${file} names a policy or a resource that is not in it`)
  return findings
}

/** Whatever does not depend on the share is the same in each of them. */
function joinFindings(first: Findings, others: readonly Findings[]): Findings {
  const parts = [first, ...others]
  return {
    ...first, results: inOrder(parts.map(({ results }) => results)), problems: { ...first.problems, schemas: inOrder(parts.map(({ problems }) => problems.schemas)) },
    partialKinds: [...new Set(parts.flatMap(({ partialKinds }) => partialKinds))],
  }
}

function inOrder<Item>(parts: readonly (readonly Placed<Item>[])[]): readonly Placed<Item>[] {
  return parts.flat().sort((left, right) => left.at - right.at)
}

function joinBases(shards: readonly Shard[]): ExaminedBase | undefined {
  const bases = shards.flatMap(({ file, document: { base } }) => (base === undefined ? [] : [{ ...base, findings: decode(file, base.findings) }]))
  const [first, ...others] = bases
  if (first === undefined) return undefined
  const joined = { ...first, findings: joinFindings(first.findings, others.map(({ findings }) => findings)) }
  return first.changes === undefined ? joined : { ...joined, changes: inOrderOfNames(bases.flatMap(({ changes = [] }) => changes)) }
}

type Change = NonNullable<NonNullable<ShardDocument['base']>['changes']>[number]

function inOrderOfNames(changes: readonly Change[]): readonly Change[] {
  const named = changes.map((change) => ({ change, name: changeName(change.id) }))
  return named.sort((left, right) => (left.name < right.name ? -1 : 1)).map(({ change }) => change)
}
