import type { Advice } from '../entries/advise-settings.ts'
import type { EntryPlan, Remark } from '../entries/compute-entries.ts'
import type { EntryList } from '../entries/entry-list.ts'
import type { Cause } from '../entries/predicted-state.ts'
import type { Proof } from '../entries/prove-entries.ts'
import { groupBy } from '../../values/group-by.ts'
import { describeCause, formatEntries } from './yaml-lines.ts'

/** The entries as they stand in an Application's `spec`, each below what causes it; of several Applications those that need any. */
export function formatText(lists: readonly EntryList[]): string {
  const needed = lists.filter(({ entries }) => entries.length > 0)
  if (needed.length === 0) return 'ignoreDifferences: []\n'
  return needed.map(({ applications, entries }) => `${lists.length === 1 ? '' : describeApplications(applications)}ignoreDifferences:\n${formatEntries(entries, 0).join('\n')}\n`).join('---\n')
}

function describeApplications(names: readonly string[]): string {
  return names.length === 0 ? '# what no Application applies\n' : `# Application${names.length === 1 ? '' : 's'} ${names.join(', ')}\n`
}

/** What there is to say besides the entries. */
export interface Surroundings extends Advice {
  readonly lists: readonly EntryList[]
  readonly proof?: Proof
  readonly unsettled: readonly { readonly resource: string; readonly causes: readonly Cause[] }[]
  readonly unknowns: readonly string[]
  readonly resourceCount: number
}

/** What is said besides the entries, for people. */
export function formatSurroundings({ lists, remarks, settings, refusals, proof, unsettled, unknowns, resourceCount }: Pick<EntryPlan, 'remarks'> & Surroundings): string {
  const entries = lists.flatMap((list) => list.entries)
  const paths = entries.reduce((sum, { reasons }) => sum + reasons.length, 0)
  const lines = [
    ...mergeRemarks(remarks).map(describeRemark),
    ...unsettled.map(({ resource, causes }) => `never settles: ${resource} is changed again each time it is applied by ${causes.map(describeCause).join('; ')}; no entry ends that`),
    ...unknowns.map((unknown) => `not predicted: ${unknown}`),
    ...settings.map(({ where, setting, why }) => `better, or besides: ${where}: ${setting}\n  ${why}`),
    ...refusals.map(({ combination, reason }) => `not: ${combination}\n  ${reason}`),
    ...describeProof(proof),
    `${resourceCount} resources, ${entries.length} ${entries.length === 1 ? 'entry' : 'entries'} with ${paths} ${paths === 1 ? 'path' : 'paths'}`,
  ]
  return `${lines.join('\n')}\n`
}

/** Many resources need no entry for the same reason. */
function mergeRemarks(remarks: readonly Remark[]): readonly Remark[] {
  const merged = groupBy(remarks, ({ what, causes, resource }) => (
    what === 'added-only' || what === 'dry-run' ? `${what}\n${causes.map(describeCause).join('\n')}` : `${what}\n${resource}`
  ))
  return [...merged.values()].flatMap(([first, ...rest]) => (first === undefined ? [] : [{ ...first, resource: rest.length === 0 ? first.resource : `${first.resource} and ${rest.length} more` }]))
}

function describeRemark({ resource, causes, what, paths }: Remark): string {
  const who = causes.length === 0 ? 'nobody known' : causes.map(describeCause).join('; ')
  switch (what) {
    case 'added-only': return `no entry for ${resource}: what ${who} changes is only added to maps or keyed lists, or ignored already, and Argo CD sees no difference`
    case 'dry-run': return `no entry for ${resource}: the dry run of server-side diff makes the changes of ${who} too`
    case 'unresolved': return `no entry helps ${resource}: ${paths.join(', ')} would still differ (${who})`
    case 'unexplained': return `no policy explains ${resource}: ${paths.join(', ')}`
    case 'not-comparable': return `Argo CD cannot compare ${resource} at all after what ${who} changes`
  }
}

function describeProof(proof: Proof | undefined): readonly string[] {
  if (proof === undefined) return []
  const verdict = (holds: boolean): string => (holds ? 'yes' : 'NO')
  return [
    `proof: with the entries nothing differs: ${verdict(proof.quiet)}; a change beside each ignored field is seen: ${verdict(proof.watchful)}; each path is needed: ${verdict(proof.needed)}`,
    ...proof.complaints.map((complaint) => `  ${complaint}`), ...proof.untried.map((text) => `  not tried: ${text}`),
  ]
}
