import { isJsonObject, type JsonObject } from '../../model/json.ts'
import { readObjectKind } from '../../kubernetes/schema/object-kind.ts'
import { findGoType } from '../argocd/go-types.ts'
import { uniqueCauses, type EntryPlan } from './compute-entries.ts'
import type { Cause, CauseKind, PredictedState } from './predicted-state.ts'

/** A setting that ends a difference better than an entry, or beside one. */
export interface Setting {
  /** Where it belongs: `Application`, `argocd-cm`, a policy, Git. */
  readonly where: string
  readonly setting: string
  readonly why: string
}

/** A combination that is known not to work, and why. */
export interface Refusal {
  readonly combination: string
  readonly reason: string
}

/** What is known of the Application and its Argo CD. */
export interface ApplicationSettings {
  readonly serverSideDiff: boolean
  readonly includeMutationWebhook: boolean
  readonly serverSideApply: boolean
  readonly respectIgnoreDifferences: boolean
  readonly selfHeal: boolean
}

export interface AdviceOptions {
  readonly application: ApplicationSettings
  readonly kyvernoVersion: string
  /** The minor of Argo CD as a number that grows: 2.10 is 210, 3.1 is 301. */
  readonly argocd: number
  readonly generated: readonly { readonly resource: string; readonly cause: Cause }[]
}

export interface Advice {
  readonly settings: readonly Setting[]
  readonly refusals: readonly Refusal[]
}

/** What fits better than entries, and what must not be combined. */
export function adviseSettings(plan: EntryPlan, states: readonly PredictedState[], options: AdviceOptions): Advice {
  const causes = uniqueCauses(plan.entries.flatMap(({ reasons }) => reasons.flatMap((reason) => reason.causes)))
  const has = (...kinds: readonly CauseKind[]): boolean => causes.some(({ kind }) => kinds.includes(kind))
  return {
    settings: [
      ...adviseForAdmission(has, options), ...adviseForDigests(causes), ...adviseForBackground(has, options), ...adviseForPolicies(has, options),
      ...adviseForInstallation(states, has, options), ...adviseForGenerated(options),
    ],
    refusals: refuse(plan, states, has, options),
  }
}

type Has = (...kinds: readonly CauseKind[]) => boolean

function adviseForAdmission(has: Has, { application, argocd }: AdviceOptions): readonly Setting[] {
  if (!has('mutation', 'digest') || application.serverSideDiff) return []
  const since = argocd >= 301 ? '' : argocd >= 210 ? ' (beta before Argo CD 3.1)' : undefined
  return [
    { where: 'Git', setting: 'the value that the rule writes (--settle prints the patch)', why: 'what Git says is then what the cluster holds, and nothing needs to be ignored' },
    ...(since === undefined ? [] : [{
      where: 'Application', setting: `argocd.argoproj.io/compare-options: ServerSideDiff=true${since}`,
      why: 'its dry run passes the same admission rules, so that their changes are no difference; an object older than a rule differs until it is synced once, and a policy that denies the dry run fails the comparison of the whole Application',
    }]),
  ]
}

function adviseForDigests(causes: readonly Cause[]): readonly Setting[] {
  return causes.filter(({ kind }) => kind === 'digest').map(({ policy = 'the policy', rule }) => ({
    where: policy, setting: `mutateDigest: false${rule === undefined ? '' : ` in rule ${rule.replace(/^autogen-(cronjob-)?/, '')}`}`,
    why: 'the image is then verified and not rewritten; or pin the digest in Git, where it belongs',
  }))
}

function adviseForBackground(has: Has, { application }: AdviceOptions): readonly Setting[] {
  if (!has('background') || application.respectIgnoreDifferences) return []
  return [{
    where: 'Application', setting: 'spec.syncPolicy.syncOptions: [RespectIgnoreDifferences=true]',
    why: 'a rule changes the resource in the background, not when it is applied: without this the next sync writes the value of Git and Kyverno writes its own again',
  }]
}

function adviseForPolicies(has: Has, { application, kyvernoVersion }: AdviceOptions): readonly Setting[] {
  const settings: Setting[] = []
  if (has('autogen')) {
    settings.push({ where: 'Kyverno', setting: 'an upgrade to 1.9 or later', why: `Kyverno ${kyvernoVersion} writes generated rules into the policies; since 1.9 it keeps them out of the spec` })
  }
  if (has('kyverno-default') && application.serverSideApply && !application.serverSideDiff) {
    settings.push({
      where: 'Application', setting: 'argocd.argoproj.io/compare-options: ServerSideDiff=true',
      why: 'ServerSideApply=true alone makes Argo CD count what the API server fills into lists of custom resources as a difference; or write the defaults into the policies',
    })
  }
  return settings
}

function adviseForInstallation(states: readonly PredictedState[], has: Has, { argocd, kyvernoVersion }: AdviceOptions): readonly Setting[] {
  const settings: Setting[] = []
  if (has('aggregated-role')) {
    settings.push({ where: 'argocd-cm', setting: 'resource.compareoptions: "ignoreAggregatedRoles: true"', why: 'the rules of aggregated roles are the cluster\'s business in every Application; or leave `rules` out in Git' })
  }
  if (states.some(({ target }) => isKyvernoCrd(target)) && Number(/^v?1\.(\d+)/.exec(kyvernoVersion)?.[1] ?? Infinity) >= 18) {
    settings.push({
      where: 'Application', setting: 'managedFieldsManagers: [kubectl-kyverno] for CustomResourceDefinitions, with RespectIgnoreDifferences=true',
      why: 'where `kyverno migrate` has changed the definitions: it writes under its own name, and which fields it writes cannot be foreseen; its changes to `status` are ignored anyway since Argo CD 3.0',
    })
  }
  if (argocd < 300 && states.length > 0) {
    settings.push({ where: 'argocd-cm', setting: 'application.resourceTrackingMethod: annotation', why: 'with labels, the default before Argo CD 3.0, copies that Kyverno makes of a resource count as part of the Application and are pruned' })
    settings.push({ where: 'argocd-cm', setting: 'resource.exclusions with the report kinds of kyverno.io, reports.kyverno.io and wgpolicyk8s.io', why: 'Argo CD excludes them by itself since 3.0 only' })
  }
  return settings
}

function isKyvernoCrd(object: JsonObject): boolean {
  const spec = object['spec']
  return object['kind'] === 'CustomResourceDefinition' && isJsonObject(spec) && /(^|\.)kyverno\.io$/.test(String(spec['group']))
}

function adviseForGenerated({ generated }: AdviceOptions): readonly Setting[] {
  return generated.map(({ resource, cause }) => ({
    where: cause.policy ?? 'the policy', setting: `${resource} out of Git, or out of what the rule matches`,
    why: `the rule ${cause.rule ?? ''} generates what Git also has: two owners overwrite each other, and no entry ends that`,
  }))
}

function refuse(plan: EntryPlan, states: readonly PredictedState[], has: Has, { application, argocd }: AdviceOptions): readonly Refusal[] {
  const refusals: Refusal[] = []
  if (application.includeMutationWebhook) {
    refusals.push({
      combination: 'compare-options: IncludeMutationWebhook=true', reason: 'it makes the comparison stricter: what admission rules add counts as a difference until each object is applied again',
    })
  }
  if (application.serverSideDiff && has('background')) {
    refusals.push({ combination: 'ServerSideDiff=true against changes made in the background', reason: 'the dry run does not repeat them; the entries stay necessary' })
  }
  const custom = new Set(states.filter(({ target }) => findGoType(target) === undefined).map(({ target }) => kindOf(target)))
  const lists = plan.entries.filter(({ entry: { group = '', kind, jqPathExpressions = [] } }) => jqPathExpressions.length > 0 && custom.has(`${group}/${kind}`))
  for (const { entry } of application.respectIgnoreDifferences || has('background') ? lists : []) {
    refusals.push({
      combination: `RespectIgnoreDifferences=true with ${entry.kind}${entry.name === undefined ? '' : ` ${entry.name}`}`,
      reason: 'for a list of a custom resource a sync then copies the whole list from the cluster, and what Git changes in it is lost (argo-cd#17694)',
    })
  }
  if (argocd < 210 && application.serverSideDiff) refusals.push({ combination: `ServerSideDiff=true with Argo CD ${describeVersion(argocd)}`, reason: 'it came with Argo CD 2.10' })
  return refusals
}

function describeVersion(argocd: number): string {
  return `${Math.floor(argocd / 100)}.${argocd % 100}`
}

function kindOf(object: JsonObject): string {
  const { group, kind } = readObjectKind(object)
  return `${group}/${kind}`
}
